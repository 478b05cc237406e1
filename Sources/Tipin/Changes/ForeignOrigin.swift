/// Where a journal was written that was not written in the folder that it lies in.
package enum ForeignOrigin: Sendable, Equatable {
    /// In the folder of that path.
    case elsewhere(String)
    /// In one of the same path that is gone or stands elsewhere now: this one is a copy, or was brought back.
    case replaced(String)
    /// Nobody wrote it down.
    case unsaid

    /// - Returns: `nil` for a journal that lies where it was written.
    init?(_ recorded: RunPlace?, seenFrom own: RunPlace?) {
        guard let recorded else {
            self = .unsaid
            return
        }
        guard recorded != own else { return nil }
        let isSamePath = own.map { Paths.areEqual($0.path, recorded.path) } ?? false
        self = isSamePath ? .replaced(recorded.path) : .elsewhere(recorded.path)
    }
}
