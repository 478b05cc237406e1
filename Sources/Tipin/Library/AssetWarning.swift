package import TipinDiagnostics

/// What is to be looked at in something that was done all the same, such as a name that promised another kind of file.
public struct AssetWarning: Sendable, Equatable {
    /// One of the closed register of codes that `tipin explain` explains, such as `type-mismatch`.
    public let code: String
    /// What is the case, in one line.
    public let message: String
    /// Facts that explain it.
    public let notes: [String]
    /// What to do.
    public let help: [String]

    /// As it is said on a terminal.
    package let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
        code = problem.code.rawValue
        message = problem.headline
        notes = problem.notes
        help = problem.help
    }
}
