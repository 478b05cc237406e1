internal import TipinFiles

/// What is here and can be fetched again, in the order in which it makes room: what was used longest ago first.
///
/// Numbers alone: there may be millions, and most stay.
package struct EvictionQueue: Sendable {
    /// A row of `file_assets`.
    package struct Candidate: Sendable {
        var row: Int
        /// Bytes.
        var size: Int
        /// When it was used last, in milliseconds since 1970.
        var time: Int
    }

    private var waiting: ArraySlice<Candidate>
    /// Bytes that have to go yet.
    private var excess: Int

    /// - Parameter limit: bytes that all of them may take.
    init(_ candidates: [Candidate], exceeding limit: Int) {
        excess = candidates.reduce(0) { $0.addingClamped($1.size) }.addingClamped(-max(0, limit))
        waiting = excess > 0 ? candidates.sorted { ($0.time, $0.row) < ($1.time, $1.row) }[...] : []
    }

    /// The next that must go, and counts as gone.
    /// - Parameter limit: how many at most.
    package mutating func next(_ limit: Int) -> [Candidate] {
        var chosen: [Candidate] = []
        while excess > 0, chosen.count < limit, let candidate = waiting.popFirst() {
            excess -= candidate.size
            chosen.append(candidate)
        }
        return chosen
    }

    /// Notes that some of it stays after all, so that others must go in its place.
    /// - Parameter size: bytes.
    package mutating func keep(_ size: Int) { excess = excess.addingClamped(size) }
}
