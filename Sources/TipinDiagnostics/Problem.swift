/// What is wrong, in words, without saying where.
///
/// The headline is lower case, has no full stop and at most 72 characters; advice stands in `help` alone.
package struct Problem: Sendable, Equatable {
    package var code: DiagnosticCode
    package var headline: String
    /// Facts that explain the headline: what was looked for, what another system answered.
    package var notes: [String]
    /// What to do, as instructions.
    package var help: [String]
    /// Whether trying again later may succeed without anybody changing anything (exit status 3 instead of 1).
    package var isTransient: Bool

    package init(
        _ code: DiagnosticCode, _ headline: String, notes: [String] = [], help: [String] = [], isTransient: Bool = false
    ) {
        self.code = code
        self.headline = headline
        self.notes = notes
        self.help = help
        self.isTransient = isTransient
    }
}
