/// Plans, and runs that are undone.
extension Explanation {
    static let changesNotShown = Explanation(
        .changesNotShown,
        meaning: """
            A dry run shows changes (--diff, --format json-patch), and some of them it cannot know: what is written for
            a picture that is to be imported follows from its bytes, and a dry run reads none. What is shown is not all
            that the run itself will change.
            """,
        example: "tipin migrate book --format json-patch",
        help: """
            With --plan FILE the pictures come into the store and every edit is written down, but no document is
            changed; 'tipin apply FILE --dry-run --diff' shows them then, and 'tipin apply FILE' makes them.
            """)

    static let planInvalid = Explanation(
        .planInvalid,
        meaning: """
            The file is no plan, or not one that can be carried out here: it was cut off or changed by hand, belongs to
            another data folder, names a document that lies outside of what may be changed, or has edits that do not fit
            their document. A plan is not trusted because it is one; nothing of it was done.
            """,
        example: "tipin apply downloads/book.plan.json",
        help: """
            Make the plan again with --plan. If it names documents outside of the working folder and you trust it, name
            their folder: tipin apply PLAN FOLDER.
            """)

    static let planOutdated = Explanation(
        .planOutdated,
        meaning: """
            A document is not what it was when the plan was made, so that the plan's edits are not for it any more. A
            plan is carried out whole or not at all: nothing was written.
            """,
        example: "an editor saved chapters/03.json after tipin migrate --plan book.plan.json",
        help: "Make the plan again, look at it, and apply that one.")

    static let runUnknown = Explanation(
        .runUnknown,
        meaning: """
            There is no run of that id whose documents could be put back. Runs are kept below the data folder; one that
            changed nothing is no run, and 'tipin undo --prune' forgets those older than 90 days.
            """,
        example: "tipin undo 20260131-080910123-3f2a",
        help: "See 'tipin undo --list'. If it is empty, name the data folder of the run with --data-dir.")

    static let runDamaged = Explanation(
        .runDamaged,
        meaning: """
            The journal of a run is not as tipin wrote it, so that what it says cannot be relied on. Documents and
            pictures are unharmed, but what was not undone yet cannot be, and clean-up removes nothing as long as the
            file is there.
            """,
        example: "  = note: run '20260131-080910123-3f2a': line 7 cannot be read",
        help: """
            Bring the file back from a backup of the data folder. If the run is of no use to you any more, remove its
            file below 'runs'.
            """)

    static let runForeign = Explanation(
        .runForeign,
        meaning: """
            The journal of the run was not written in the folder in which it lies: a project was moved, copied or
            brought back from a backup with its data folder, or the journal came from somebody else. It names files by
            their whole paths, so that undoing it could change documents of another project, or any other file.
            Nothing was changed.
            """,
        example: "cp -r book copy; cd copy; tipin undo",
        help: """
            Undo the run where it was recorded; a project that was moved is moved back first. If you trust the journal,
            name the folders whose files may be changed, as it names them: tipin undo RUN --below FOLDER. All others
            stay and are named. 'tipin undo --list' tells such runs.
            """)

    static let notUndone = Explanation(
        .notUndone,
        meaning: """
            Something that the run wrote was changed afterwards, so it was left as it is: a mention that says something
            else by now or cannot be told from others, a document or manifest file that is gone or another, or a link
            whose asset is gone. All else of the run was taken back, but for what it wrote into the manifest of a
            document that changed since: that stays, with a note. A warning names extended attributes that a file
            had when it was removed, and that the file system did not take when the file was made again.
            """,
        example: """
            "src": "https://other.example/new.png"
            where the run wrote "https://cdn.example/b1/….png"
            """,
        help: """
            Look at the places named, and change them by hand where the earlier picture is wanted. 'tipin undo RUN' can
            be given again.
            """)
}
