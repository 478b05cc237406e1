internal import TipinDiagnostics

/// Something said of a value that is no mention's.
struct ValueFinding: Sendable {
    /// In the document's offsets.
    var value: Range<Int>
    /// The value's JSON pointer.
    var pointer: String
    var problem: Problem
    /// The code's own where `nil`.
    var severity: Severity?
}
