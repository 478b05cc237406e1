internal import TipinFiles

/// A change of one file whose edits lie on the disk.
struct SpooledChange: Sendable {
    /// Without edits.
    var change: RecordedChange
    /// Each an encoded `RecordedEdit`.
    var edits: LineSpool
}
