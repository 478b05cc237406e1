/// The remote, and what it keeps from being written.
extension Explanation {
    static let noRemote = Explanation(
        .noRemote,
        meaning: """
            The command sends assets somewhere, and no remote is named, its name is not understood, or its files have
            no address for readers. Nothing was done. Commands that only import need no remote.
            """,
        example: "tipin publish --in-place book/",
        help: """
            Give --remote 'folder:PATH?base=https://cdn.example' for a folder that is served, or --remote https://HOST
            for a server. Or write "remote" into tipin.json.
            """)

    static let remoteUnreachable = Explanation(
        .remoteUnreachable,
        meaning: """
            The remote did not answer, or a folder remote's folder could not be used. What was imported is safe here
            and waits; where the cause may pass, the exit status is 3.
            """,
        example: "  = note: 'https://api.example': Connection refused",
        help: """
            See whether the network and the remote are up, with tipin doctor, and run the command again. Where a note
            names the token, set TIPIN_TOKEN.
            """)

    static let remoteMissing = Explanation(
        .remoteMissing,
        meaning: """
            The catalog says that an asset was uploaded, and the remote no longer has it, or has other bytes there.
            publish and sync send it again if the bytes are here; check only tells.
            """,
        example: "  = note: the remote copy 'https://cdn.example/9f86d0….png' does not exist",
        help: """
            Run tipin publish on the document. If the bytes are not here either, give tipin migrate --search DIR with a
            folder that may have them, or put the picture in again.
            """)

    static let uploadFailed = Explanation(
        .uploadFailed,
        meaning: """
            An upload did not come to its end for a cause that may pass: the network, a busy server, or another run
            that is sending the same asset. The next sync or publish tries again by itself.
            """,
        example: "  = note: the remote answered with status 503",
        help: "Run tipin sync or tipin publish again later.")

    static let uploadRefused = Explanation(
        .uploadRefused,
        meaning: """
            The remote refused the asset for good: the token, the size or the type does not suit it, or a folder cannot
            be written. It is marked as failed and is not tried again by itself.
            """,
        example: "  = note: the remote answered with status 413",
        help: """
            Mend what the note names; for the token, set TIPIN_TOKEN. Then run tipin sync --retry-failed.
            """)

    static let downloadFailed = Explanation(
        .downloadFailed,
        meaning: """
            The remote has an asset whose bytes are not here, and it could not be fetched from there. The document was
            left as it is for this picture; where the cause may pass, the exit status is 3.
            """,
        example: "  = note: the remote answered with status 500",
        help: """
            Run the command again later. If the note names the token, set TIPIN_TOKEN; if it names a limit, give
            --max-bytes.
            """)

    static let documentNotPublished = Explanation(
        .documentNotPublished,
        meaning: """
            publish writes a document with all its pictures or not at all, and some of them would not reach readers;
            the notes name each one and why. In place the document is unchanged; in --output an older copy stays. The
            other documents were published.
            """,
        example: "  = note: /content/3/attrs/src: image file does not exist",
        help: """
            Mend what the notes name: each is also told at its own place, with a code for tipin explain. Then run
            tipin publish again; what was uploaded is not sent twice.
            """)
}
