/// The new text of an object as kept ranges and inserted bytes, in order.
struct Pieces {
    private var kept: [Range<Int>] = []
    /// `inserted[i]` stands before `kept[i]`.
    private var inserted: [[UInt8]] = []
    private var pending: [UInt8] = []

    mutating func keep(_ range: Range<Int>) {
        if let last = kept.last, last.upperBound == range.lowerBound, pending.isEmpty {
            kept[kept.count - 1] = last.lowerBound..<range.upperBound
            return
        }
        kept.append(range)
        inserted.append(pending)
        pending = []
    }

    mutating func insert(_ bytes: [UInt8], at place: Range<Int>? = nil) {
        pending += bytes
        // An empty kept range pins the insertion between what was before and after the replaced value.
        if let place { keep(place.upperBound..<place.upperBound) }
    }

    /// Everything between two kept ranges is replaced by what was inserted there.
    func edits(within range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> [Edit] {
        var edits: [Edit] = []
        var position = range.lowerBound
        for (piece, bytes) in zip(kept, inserted) {
            // Kept ranges are in order, but the gap after `{` may be kept for a later member.
            let gap = position..<max(position, piece.lowerBound)
            if !text[gap].elementsEqual(bytes) { edits.append(Edit(gap, bytes)) }
            position = max(position, piece.upperBound)
        }
        return edits
    }
}
