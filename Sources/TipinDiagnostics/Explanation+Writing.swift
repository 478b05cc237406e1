/// Writing documents.
extension Explanation {
    static let documentChanged = Explanation(
        .documentChanged,
        meaning: """
            Another program changed or removed the document after tipin had read it. The other change was kept, and
            nothing was written.
            """,
        example: "an editor saves chapters/03.json during tipin migrate --in-place",
        help: "Close the document in the editor and run the command again.")

    static let documentLinked = Explanation(
        .documentLinked,
        meaning: """
            The document, or the manifest file beside it, is a symbolic link or a file with more than one name. Writing
            it would change a file elsewhere or cut the names apart, so both were left as they are.
            """,
        example: "chapters/03.json -> ../shared/03.json",
        help: """
            Name the file or the folder itself. With --follow-links tipin writes through symbolic links to files; a file
            with several names is then cut off from the others.
            """)

    static let documentNotWritten = Explanation(
        .documentNotWritten,
        meaning: """
            The system refused to write a file. A file that was there is whole and has its old contents. Pictures that
            were imported are kept, so that the next run does not need them again.
            """,
        example: "  = note: 'chapters/03.json': Permission denied",
        help: """
            Look at the rights of the file and of its folder, and whether the disk may be written to, then run again.
            With --output DIR tipin writes elsewhere.
            """)

    static let noManifestPlace = Explanation(
        .noManifestPlace,
        meaning: """
            A line of NDJSON holds a bare TipTap doc, or its member 'fileRefs' is something else than a manifest. Its
            pictures would need a manifest, and a line has no other place for one and no file beside it. The line was
            left as it is.
            """,
        example: #"{"type": "doc", "content": [{"type": "image", "attrs": {}}]}"#,
        help: """
            Wrap each doc in an object: {"id": "c1", "bookId": "b1", "content": …}. Rename a member 'fileRefs' that is
            no manifest.
            """)

    static let outputCollision = Explanation(
        .outputCollision,
        meaning: """
            Below --output each document keeps its path below PATH, and two of the named PATHs give two documents the
            same one. Nothing was done, since one would overwrite the other.
            """,
        example: "tipin publish b1/ b2/ --output out        both have chapters/01.json",
        help: "Run the command once for each PATH, each with an --output of its own, or name a folder above both.")

    static let relativeAddressKept = Explanation(
        .relativeAddressKept,
        meaning: """
            A relative address stayed in a document that was written below --output. It is relative to the document's
            old place, so from the new one it leads elsewhere or nowhere.
            """,
        example: #""src": "../media/hero.png"        in out/chapters/03.json"#,
        help: """
            See why the picture was not imported: another message of the run says it. Or copy the files to the same
            place beside the output.
            """)

    static let diskFull = Explanation(
        .diskFull,
        meaning: """
            There is no space left, or a quota is used up, where a file was to be written. Nothing that was there
            before was damaged, and what was finished is kept.
            """,
        example: "error[disk-full]: no space left to write",
        help: "Free some space, or name a data folder on another disk with --data-dir, then run again.")
}
