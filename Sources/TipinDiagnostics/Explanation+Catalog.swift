/// The catalog, the data folder, the configuration, and the run as a whole.
extension Explanation {
    static let catalogMissing = Explanation(
        .catalogMissing,
        meaning: """
            --data-dir names a folder that has no catalog, and the command only reads, so it makes none. It is told
            rather than passed over because a wrong folder would make every asset unknown. Exit status 10.
            """,
        example: "tipin check --data-dir /wrong/place book/",
        help: """
            Give --data-dir with the folder that has 'catalog.sqlite', or --catalog with the file itself. Without
            --data-dir, check judges the documents alone.
            """)

    static let catalogLocked = Explanation(
        .catalogLocked,
        meaning: """
            Another program holds the catalog for longer than tipin waits, or one was stopped in the middle of a change
            that a command that only reads must not clear up. Nothing was changed. Exit status 11.
            """,
        example: "tipin sync        while the app imports a thousand pictures",
        help: """
            Wait until the other program is done, and run again. If none is running, start the app or run tipin assets
            verify: either brings an unfinished change to its end.
            """)

    static let catalogDamaged = Explanation(
        .catalogDamaged,
        meaning: """
            The file is no SQLite database, or empty though there are pictures, or SQLite found it inconsistent, or it
            lacks a table or a column, or asks for functions that only its app has. Nothing was written to it. The
            pictures themselves lie beside it as files and are not touched. Exit status 12.
            """,
        example: "  = note: database disk image is malformed",
        help: """
            Restore it from a backup, or run tipin assets verify --rebuild --documents PATH: it moves the damaged file
            aside and makes the catalog again from the pictures and the documents. A file that --catalog or 'catalog'
            names, or in which an app has tables or functions of its own, is never moved: let the app bring it in order.
            tipin doctor says what is wrong with it. Have the disk tested if no program was killed.
            """)

    static let catalogNewer = Explanation(
        .catalogNewer,
        meaning: """
            A later version of tipin changed the layout of the catalog, and this one does not know it. Nothing was
            changed. Exit status 12.
            """,
        example: "two machines with different versions share one data folder",
        help: "Update tipin. tipin --version says which version this is.")

    static let rowUnreadable = Explanation(
        .rowUnreadable,
        meaning: """
            A row of file_assets has something else in the place of the SHA-256 than 64 hexadecimal digits, or no id, so
            that nobody knows which bytes it speaks of. Only an app or a fault can have made it. No command works on it,
            and clean-up leaves all files alone that have no row, because one of them may be what it speaks of.
            """,
        example: "  = note: asset 'nano_9' has 'abc' in the place of it",
        help: """
            Run tipin assets verify: it gives the row its SHA-256 back where the id or the path tells it and the bytes
            are here. Else let the app bring the row in order, or take it out.
            """)

    static let statusOutdated = Explanation(
        .statusOutdated,
        meaning: """
            The row of a picture in file_assets, which the app reads, said another status, address or remote id than the
            line of its copy in tipin_uploads: an app made the row anew, or put an older one back. The line is what
            counts, and tipin assets verify wrote it into the row.
            """,
        example: "  = note: asset '40dd…' was 'failed', its copy for 'b1' is 'uploaded'",
        help: "Nothing, unless it was a dry run: then run tipin assets verify without --dry-run.")

    static let rowKept = Explanation(
        .rowKept,
        meaning: """
            Nothing that tipin knows of needs a picture, but the catalog refused to have its row removed: a trigger or
            a constraint that an app put there keeps it. The picture stayed as it was. A dry run cannot know that.
            """,
        example: "  = note: a trigger or a constraint of the app's says 'still on a board'",
        help: "Nothing, if the app is meant to keep them. Else remove in the app what keeps them, or its rule.")

    static let blobWithoutRow = Explanation(
        .blobWithoutRow,
        meaning: """
            A picture lies in the data folder that no row of the catalog names: a run was ended between storing it and
            telling the catalog, or the catalog is an older one. It does no harm and is found again by its SHA-256.
            """,
        example: "  = note: 'books/b1/files/40dd…/original.png'",
        help: """
            Run tipin assets verify --rebuild to take it in, or tipin assets gc to have it cleaned up if nothing uses
            it.
            """)

    static let strayFile = Explanation(
        .strayFile,
        meaning: """
            The data folder holds a link, a pipe or a file with a name that tipin gives to nothing. It was not read, and
            nothing was written through it.
            """,
        example: "  = note: 'books/b1/files/40dd…/original.png': it is a symbolic link",
        help: "Find out who put it there, and move it away. tipin never follows links below the data folder.")

    static let dataFolderUnusable = Explanation(
        .dataFolderUnusable,
        meaning: """
            The data folder cannot be made or read, belongs to another user, or can be changed by others, who could
            then slip in pictures. Nothing was done. Where it is said of one picture, a folder on the way to it is a
            link or may not be read; the others were looked at.
            """,
        example: "  = note: '/srv/tipin' has mode 777",
        help: """
            Take the right away with chmod go-w, put a folder in the place of a link that stands below it, run tipin as
            the folder's owner, or name another folder with --data-dir or TIPIN_DATA_DIR. tipin doctor looks at it
            without changing anything.
            """)

    static let twoDataFolders = Explanation(
        .twoDataFolders,
        meaning: """
            The PATHs of one command lie below different configurations, and these name different data folders. One run
            works with one catalog, so nothing was done.
            """,
        example: "tipin migrate novel/ atlas/        each has a tipin.json",
        help: "Run the command once for each PATH, or name one data folder for all with --data-dir.")

    static let configInvalid = Explanation(
        .configInvalid,
        meaning: """
            A tipin.json cannot be read, is no JSON, has a key that does not exist, or a value that its key does not
            take. Nothing was done: a misspelt key that is passed over would change the result.
            """,
        example: #"{ "bookID": "b1" }        the key is bookId"#,
        help: """
            Mend what the note names; the file schemas/config.schema.json lists all keys. Or name another file with
            --config.
            """)

    static let configLimited = Explanation(
        .configLimited,
        meaning: """
            A tipin.json that was only found beside the documents may have come with them, so it speaks for its own
            folder alone. What it says beyond that was ignored, and the run went on without it.
            """,
        example: #""dataDir": "/home/ann/tipin"        in downloads/book/tipin.json"#,
        help: "If you trust the file, name it with --config, or run tipin from its folder.")

    static let usage = Explanation(
        .usage,
        meaning: """
            The command line asks for something that cannot be done: a value that is missing or means nothing, a file
            for a flag that is of another form, flags that exclude each other. Nothing was done. Exit status 64.
            """,
        example: "tipin assets add hero.png        without --book",
        help: "Follow what the message says. tipin help COMMAND shows what the command takes.")

    static let bytesNotLookedAt = Explanation(
        .bytesNotLookedAt,
        meaning: """
            There is no catalog, so check judged what stands in the documents and the files beside them. It could not
            see whether the bytes of assets are here.
            """,
        example: "tipin check book/        on a build server",
        help: """
            Nothing, if that is what you want. Else give --data-dir, or "dataDir" in tipin.json, with the folder that
            has the catalog.
            """)

    static let interrupted = Explanation(
        .interrupted,
        meaning: """
            The run was ended by a signal such as Ctrl-C. Each document is either as it was or completely rewritten,
            and what was imported or uploaded is kept. Of a pipe, the lines that were read and not done come out as
            they were, or go to the file of --rejects. Exit status 130.
            """,
        example: "error[interrupted]: interrupted",
        help: """
            Run the same command again: it goes on where it was stopped. What was sent through a pipe must be sent
            again.
            """)

    static let internalError = Explanation(
        .internalError,
        meaning: """
            Something happened that must not: this is a bug in tipin, not in your documents. A document whose rewriting
            did not pass the check of its output was not written. Exit status 70.
            """,
        example: "error[internal]: unexpected error",
        help: """
            Report it with the whole message, the output of tipin --version and, if you may share it, the document.
            """)
}
