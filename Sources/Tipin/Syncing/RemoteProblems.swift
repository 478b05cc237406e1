internal import TipinDiagnostics

/// What is said where a remote is wanted and there is none.
enum RemoteProblems {
    static let none = Problem(
        .noRemote, "no remote is configured",
        help: [
            "give --remote 'folder:PATH?base=URL' or --remote https://HOST",
            "or write \"remote\" into tipin.json",
        ])

    static let noBase = Problem(
        .noRemote, "remote has no address under which readers see its files",
        help: ["add the address to its name: 'folder:PATH?base=https://…'"])
}
