internal import Glibc

/// Proves that edited bytes hold the original's tokens wherever no edit stands: what every rewrite has to pass before
/// it is written.
///
/// The edited text is tokenized once more. Of the original only what was replaced is looked at: where the bytes between
/// two edits are equal, and begin between two tokens on both sides, their tokens are equal too. In a JSON text inside a
/// string the same holds once more, level by level.
package enum TokenComparison {
    /// How edited bytes are not what the edits should have made of the original.
    package enum Fault: Error, Sendable, Equatable {
        /// The edited text, or one in a string of it, is not JSON; the offset is that text's own.
        case notJSON(JSONError)
        /// Bytes differ where no edit stands, or the edits are not in order.
        case bytesDiffer(at: Int)
        /// An edit begins or ends inside a token, or is not in as many strings as it says.
        case tokenCut(at: Int)
        /// An edit opens an object or array that it does not close, or the other way round.
        case unbalanced(at: Int)
    }

    /// Compares the bytes outside the edits, and gives what is to look at the edited text's tokens: whoever tokenizes
    /// it anyway need not do so twice. The texts must outlive the watcher.
    /// - Parameters:
    ///   - edits: in the original's offsets, sorted by place.
    ///   - depthLimit: of the edited text.
    package static func watcher(
        of edits: [Edit], from original: UnsafeBufferPointer<UInt8>, to edited: UnsafeBufferPointer<UInt8>,
        depthLimit: Int
    ) throws(Fault) -> ReplacementWatcher {
        var changes: [ReplacedPiece] = []
        changes.reserveCapacity(edits.count)
        var shift = 0
        var position = 0
        for edit in edits {
            let (start, end) = (edit.range.lowerBound, edit.range.upperBound)
            guard start >= position, end <= original.count,
                hasSameBytes(original, position..<start, edited, shiftedBy: shift)
            else { throw .bytesDiffer(at: position + shift) }
            let place = (start + shift)..<(start + shift + edit.replacement.count)
            guard place.upperBound <= edited.count, edited[place].elementsEqual(edit.replacement) else {
                throw .bytesDiffer(at: place.lowerBound)
            }
            changes.append(
                ReplacedPiece(
                    place: place,
                    old: UnsafeBufferPointer(rebasing: original[edit.range]), nesting: edit.nesting))
            position = end
            shift += edit.replacement.count - edit.range.count
        }
        guard original.count + shift == edited.count,
            hasSameBytes(original, position..<original.count, edited, shiftedBy: shift)
        else { throw .bytesDiffer(at: position + shift) }
        return ReplacementWatcher(changes, in: edited, depthLimit)
    }

    /// `watcher` and the tokens in one.
    package static func check(
        _ edits: [Edit], from original: UnsafeBufferPointer<UInt8>, to edited: UnsafeBufferPointer<UInt8>,
        depthLimit: Int
    ) throws(Fault) {
        let watcher = try watcher(of: edits, from: original, to: edited, depthLimit: depthLimit)
        try run(watcher, edited, depthLimit, isChecked: false)
    }

    private static func hasSameBytes(
        _ original: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ edited: UnsafeBufferPointer<UInt8>,
        shiftedBy shift: Int
    ) -> Bool {
        guard !range.isEmpty else { return true }
        let start = range.lowerBound + shift
        guard start >= 0, start + range.count <= edited.count, let old = original.baseAddress,
            let new = edited.baseAddress
        else { return false }
        return memcmp(old + range.lowerBound, new + start, range.count) == 0
    }

    /// Looks at the tokens of one text in which pieces were replaced.
    static func check(
        _ changes: [ReplacedPiece], in text: UnsafeBufferPointer<UInt8>, _ depthLimit: Int, isChecked: Bool
    ) throws(Fault) {
        try run(ReplacementWatcher(changes, in: text, depthLimit), text, depthLimit, isChecked: isChecked)
    }

    private static func run(
        _ watcher: ReplacementWatcher, _ text: UnsafeBufferPointer<UInt8>, _ depthLimit: Int, isChecked: Bool
    ) throws(Fault) {
        do {
            try Tokenizer.run(text, depthLimit: depthLimit, isChecked: isChecked, consumer: watcher)
        } catch {
            throw watcher.fault ?? .notJSON(error)
        }
        try watcher.finish()
    }
}
