/// What came of asking a source URL in vain.
package struct SourceFailure: Sendable, Equatable {
    package var url: String
    /// The problem's headline or note, as it was said then.
    package var words: String
    /// The problem's code.
    package var code: String
    package var isTransient: Bool
    package var attempts: Int
    /// ISO 8601, UTC.
    package var triedAt: String
}
