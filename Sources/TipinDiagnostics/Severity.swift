/// How much a diagnostic weighs.
package enum Severity: String, Sendable, Comparable, CaseIterable {
    /// Something was not done, or a picture does not reach a reader.
    case error
    /// Done, but somebody should look.
    case warning
    /// Worth knowing; nothing follows from it.
    case note

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .note: 2
        }
    }

    /// Heavier first, so that sorting puts errors before warnings.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
