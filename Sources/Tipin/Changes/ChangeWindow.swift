/// How much of a run's changes is taken together, so that memory does not grow with the run.
struct ChangeWindow {
    private var count = 0
    private var bytes = 0

    private static let fullCount = 32
    private static let fullBytes = 32 << 20

    /// A plan may say anything of a file's size.
    mutating func add(_ change: RecordedChange) {
        count += 1
        bytes += min(max(change.before?.size ?? 0, change.after?.size ?? 0, 0), Self.fullBytes)
    }

    var isFull: Bool { count >= Self.fullCount || bytes >= Self.fullBytes }
}
