/// Reading documents.
extension Explanation {
    static let notJSON = Explanation(
        .notJSON,
        meaning: """
            The file, or the line of an NDJSON file, breaks the grammar of JSON at the place shown. Nothing of it was
            used and it stays as it is; the other documents of the run were worked on.
            """,
        example: #"{"id": "c1", "content": {"type": "doc",}}"#,
        help: """
            Mend the text at the place shown, or restore the document from a backup. A text that ends inside a value
            was probably cut off while it was copied or saved.
            """)

    static let invalidUTF8 = Explanation(
        .invalidUTF8,
        meaning: """
            The file holds bytes that are not UTF-8: another encoding such as Latin-1 or UTF-16, or damage. tipin does
            not guess; the document was not read and stays as it is.
            """,
        example: #"{"title": "Caf\xE9"}        the byte E9 is Latin-1"#,
        help: "Save the file as UTF-8, in an editor or with iconv. The place shown is that of the first wrong byte.")

    static let nestingTooDeep = Explanation(
        .nestingTooDeep,
        meaning: """
            Objects and arrays stand inside one another to more levels than the limit, 512 unless the configuration
            says otherwise. The limit keeps a hostile file from using up memory; the document was not read.
            """,
        example: #""limits": { "depth": 2000 }        in tipin.json"#,
        help: "Raise limits.depth in tipin.json if the document is meant to be so deep.")

    static let documentTooLarge = Explanation(
        .documentTooLarge,
        meaning: """
            The file is larger than one document may be, 256 MB unless the configuration says otherwise. It was not
            read and stays as it is.
            """,
        example: #""limits": { "documentMB": 512 }        in tipin.json"#,
        help: """
            Raise limits.documentMB in tipin.json. Where many 'data:' URLs make the document so large, tipin migrate
            then makes it small.
            """)

    static let documentEmpty = Explanation(
        .documentEmpty,
        meaning: """
            The file has no bytes, or nothing but white space. That is what is left when a program was stopped while
            it saved. tipin did nothing with it.
            """,
        example: "chapters/03.json        0 bytes",
        help: """
            Restore the document from a backup. If it is not needed, remove it or name it under 'exclude' in
            tipin.json.
            """)

    static let documentUnreadable = Explanation(
        .documentUnreadable,
        meaning: """
            A path that was named, or a file that was found below it, could not be read: it does not exist, may not be
            opened, is no regular file, is a link that leads nowhere, or changed while it was read. The other documents
            were worked on. What has the name of a document and is no regular file, such as a pipe, is left out with a
            warning; where documents are published or go to a folder of their own that is an error. As a note it names
            folders below those of --search that could not be read: what lies in them was not found.
            """,
        example: """
            error[document-unreadable]: file could not be read
              = note: '/books/b1/03.json': Permission denied
            """,
        help: """
            Look at the path and at who may read it. If another program was writing to the file, run the command again
            when it is done.
            """)

    static let linkNotFollowed = Explanation(
        .linkNotFollowed,
        meaning: """
            A folder that was searched for documents holds a symbolic link to a folder, which could lead round in a
            circle, or to a file outside of all that was named, which was not meant by naming the folder. What lies
            there was not read, unless it was found by another name. Of a file this is an error where documents are
            published or go to a folder of their own. A link to a document that was named or found itself is not
            written to the output a second time: each document is there once, under its own name. Clean-up needs all
            documents, and refuses. A manifest file beside a document that is such a link is not read either, and the
            document is not rewritten without it.
            """,
        example: "book/shared.json -> /srv/library/shared.json",
        help: """
            Name the file or folder that the link leads to as a PATH of its own if it is meant too. A manifest file is
            read and written through a link with --follow-links.
            """)

    static let notADocument = Explanation(
        .notADocument,
        meaning: """
            The text is JSON, but its root is no TipTap doc, chapter, book or record. This is an error only for a file
            that was named on the command line and for a line of NDJSON; in a folder such files are counted and passed
            over.
            """,
        example: #"{"name": "my-app", "version": "1.0.0"}"#,
        help: """
            Leave the file out. If it does hold pictures under names of your own, list these under mentions.fields in
            tipin.json.
            """)

    static let noDocuments = Explanation(
        .noDocuments,
        meaning: """
            None of the paths led to a document, or none came through the pipe, so the command had nothing to do.
            Folders are searched for *.json, *.ndjson and *.jsonl; hidden folders, node_modules, the data folder and
            what 'exclude' names are left out.
            """,
        example: "tipin check ./build",
        help: "Name the folder that holds the book, or a document itself. tipin scan PATH shows what is found there.")

    static let documentsUnread = Explanation(
        .documentsUnread,
        meaning: """
            Clean-up keeps what documents name, and some of the documents named with --documents could not be read, or a
            folder of them: it may not be listed, or a link leads to it. Or --book was given, and a document of the book
            that is there was not named. A picture that only one of them names would look like one that nobody needs, so
            nothing at all was removed.
            """,
        example: "tipin assets gc --documents book/        where book/c3.json was cut off",
        help: """
            Mend the documents that are named with the message, or restore them from a backup, name folders behind links
            themselves, and run again. What is no document of yours can be left out with 'exclude' in tipin.json.
            """)

    static let htmlContent = Explanation(
        .htmlContent,
        meaning: """
            A chapter's content is a string of HTML instead of a TipTap document. tipin names the pictures in it but
            does not rewrite HTML: a warning, in publish and in check with --for publish an error, and publish does not
            publish the document.
            """,
        example: #""content": "<p>Once <img src=\"hero.png\"></p>""#,
        help: """
            Open the chapter in the editor and save it, so that its content becomes a TipTap document. Then run again.
            """)

    static let contentUnreadable = Explanation(
        .contentUnreadable,
        meaning: """
            A string stands where a document is expected and begins like one, but it breaks the grammar of JSON, or the
            objects, arrays and strings in it are nested deeper than the limit. tipin cannot know which pictures it
            names and leaves it alone: a warning, in publish and in check with --for publish an error, and publish does
            not publish the document.
            """,
        example: #""content": "{\"type\":\"doc\",\"content\":["        cut off"#,
        help: """
            Open the chapter in the editor and save it, or restore it from a backup. If it is meant to be so deep, raise
            limits.depth in tipin.json.
            """)

    static let fieldValueUnknown = Explanation(
        .fieldValueUnknown,
        meaning: """
            A field that holds pictures, such as 'coverImage' or 'gallery', has a value that is neither an address nor a
            FileRef nor an object with one of the members that name a picture. tipin cannot know which picture it means
            and leaves it alone: a warning, in publish and in check with --for publish an error, and publish does not
            publish the document.
            """,
        example: #""gallery": [42, {"ref": "p1"}, ["hero.png"]]"#,
        help: """
            Write an address or a FileRef there. If a member of the object holds the address, name it under
            'mentions.fieldAddresses' in tipin.json; if the field holds other things than pictures too, give it
            "mayBeProse": true under 'mentions.fields'.
            """)

    static let manifestForeign = Explanation(
        .manifestForeign,
        meaning: """
            The member 'fileRefs' beside a chapter's content does not map asset ids to FileRefs: it belongs to another
            program, or one entry of it is wrong, which the message names then. tipin leaves it alone and keeps the
            manifest in a file beside the document, which ends in '.fileRefs.json'. A line of NDJSON has no such file
            ('no-manifest-place').
            """,
        example: #""fileRefs": ["hero.png", "map.png"]"#,
        help: """
            Nothing, if you need the member: hand on the '.fileRefs.json' file together with the document. Else mend the
            entry that is named, or remove the member, and run the command again.
            """)

    static let manifestUnused = Explanation(
        .manifestUnused,
        meaning: """
            The manifest describes assets that no node of the document names any more. That is usual after a picture
            was deleted in the editor, and does no harm. tipin keeps the entries.
            """,
        example: #""fileRefs": { "0190c0de-…": { "sha256": "9f86d0…" } }"#,
        help: "Nothing. If the deletion is taken back in the editor, the node finds its entry again.")

    static let sidecarInvalid = Explanation(
        .sidecarInvalid,
        meaning: """
            A document that has no place for a manifest has it in a file beside it, and that file cannot be read or is
            no manifest. tipin does not overwrite it, and it does not rewrite a document whose pictures need it.
            """,
        example: "intro.json        its manifest is intro.fileRefs.json",
        help: """
            Mend the '.fileRefs.json' file or restore it from a backup. If it can be spared, move it away: the next run
            writes a new one with what the catalog knows.
            """)

    static let bookUnknown = Explanation(
        .bookUnknown,
        meaning: """
            Assets belong to books, and nothing says which book this document is part of, or the book's id cannot name
            a folder. Commands that write left the document as it is. check only warns, unless it is run with --for
            publish.
            """,
        example: #"{"id": "c1", "content": {"type": "doc", "content": []}}"#,
        help: """
            Give --book ID, or write "bookId" into the document or into tipin.json, or put the book's own document
            into the same folder or one of the three above it.
            """)

    static let foreignBook = Explanation(
        .foreignBook,
        meaning: """
            --book or "bookId" in tipin.json limits the run to some books, and the document says that it belongs to
            another. Commands that write left it alone; scan and check read it all the same.
            """,
        example: "tipin migrate --book b1 library/        finds a chapter of b2",
        help: "Add --book with the other id to work on that document too; the flag may be repeated.")
}
