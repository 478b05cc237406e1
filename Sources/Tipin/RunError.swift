package import TipinDiagnostics

/// Why a run did not begin or had to end.
package enum RunError: Error, Sendable, Equatable {
    /// A configuration that cannot be used: its path, what is wrong with it, and what to do where that is known.
    case configuration(String, String, help: [String] = [])
    /// Arguments that do not fit together.
    case usage(Problem)
    case twoDataFolders(String, String)
    case outputCollision(String)
    /// Two documents whose manifests would have one place.
    case sidecarCollision(String)
    case pathMissing(String)
    /// A file that the run was to make: the flag that names it, its path, and the system's words.
    case fileNotMade(String, String, String)
    /// The file of `--report`; with the system's words.
    case reportNotWritten([String])
    case interrupted
}

extension RunError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .configuration(let path, let words, let help):
            Problem(.configInvalid, "configuration cannot be used", notes: ["'\(path)': \(words)"], help: help)
        case .usage(let problem): problem
        case .twoDataFolders(let one, let other):
            Problem(
                .twoDataFolders, "the paths belong to two data folders", notes: ["'\(one)'", "'\(other)'"],
                help: ["run the command once for each, or name one with --data-dir"])
        case .outputCollision(let name):
            Problem(
                .outputCollision, "two documents would be written as '\(name)'",
                help: ["run the command once for each PATH, each with an --output of its own"])
        case .sidecarCollision(let name):
            Problem(
                .outputCollision, "two documents would share the manifest file '\(name)'",
                help: ["rename one of them, or run the command once for each"])
        case .pathMissing(let path):
            Problem(.documentUnreadable, "'\(path)' does not exist", help: ["name a file or a folder that does"])
        case .fileNotMade(let flag, let path, let words):
            Problem(
                .usage, "file of \(flag) cannot be made", notes: ["'\(Redaction.printable(path))': \(words)"],
                help: ["name a new file in a folder that exists; nothing was done"])
        case .reportNotWritten(let notes):
            Problem(
                .documentNotWritten, "report could not be written", notes: notes,
                help: ["name a new file in a folder that exists; the run itself is done"])
        case .interrupted: Problem(.interrupted, "interrupted")
        }
    }
}
