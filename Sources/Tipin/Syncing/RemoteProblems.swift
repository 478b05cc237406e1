internal import TipinDiagnostics

/// What is said where a remote is wanted and there is none.
enum RemoteProblems {
    static let none = Problem(
        .noRemote, "no remote is configured",
        help: [
            "give --remote 'folder:PATH?base=URL' or --remote https://HOST",
            "or write \"remote\" into tipin.json",
        ])

    /// What to do about bytes that are not here, where no document says which picture it is.
    static let bringBack = [
        "put the picture in again, or search a folder for it: tipin assets verify --search DIR"
    ]

    static let noBase = Problem(
        .noRemote, "remote has no address under which readers see its files",
        help: ["add the address to its name: 'folder:PATH?base=https://…'"])
}
