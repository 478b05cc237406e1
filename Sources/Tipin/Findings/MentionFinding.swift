internal import TipinDiagnostics

/// Something said of one mention.
struct MentionFinding: Sendable {
    /// Of `CollectedDocument.mentions`.
    var mention: Int
    var problem: Problem
    /// The code's own where `nil`.
    var severity: Severity?
}
