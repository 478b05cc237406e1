package import TipinDiagnostics

/// What is to be looked at in something that was done all the same, such as a name that promised another kind of file.
public struct AssetWarning: Sendable, Equatable {
    /// As it is said on a terminal.
    package let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    /// One of the closed register of codes that `tipin explain` explains, such as `type-mismatch`.
    public var code: String { problem.code.rawValue }
    /// What is the case, in one line.
    public var message: String { problem.headline }
    /// Facts that explain it.
    public var notes: [String] { problem.notes }
    /// What to do.
    public var help: [String] { problem.help }
}
