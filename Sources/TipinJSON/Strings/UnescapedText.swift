/// The text inside a string token, with the way back: which byte of the outer text each byte came from.
///
/// A JSON text inside a string is scanned in this form; what is found there is told in the outer text's offsets.
package struct UnescapedText: Sendable {
    package let bytes: [UInt8]
    /// The escaped form: offsets in the outer text.
    package let source: Range<Int>
    /// About every `stride` bytes, the offset of one byte in `bytes` and in the outer text.
    private let checkpoints: [(text: Int, outer: Int)]
    private static let stride = 256

    /// - Parameters:
    ///   - source: part of the inside of a string token, between two characters of it.
    ///   - outer: the text in which the token stands.
    package init(_ source: Range<Int>, of outer: UnsafeBufferPointer<UInt8>) {
        let body = UnsafeBufferPointer(rebasing: outer[source])
        var checkpoints = [(text: 0, outer: source.lowerBound)]
        checkpoints.reserveCapacity(body.count / Self.stride + 1)
        bytes = [UInt8](unsafeUninitializedCapacity: body.count) { output, count in
            var reader = EscapeReader(body)
            var next = Self.stride
            while !reader.isAtEnd {
                if count >= next {
                    checkpoints.append((count, source.lowerBound + reader.position))
                    next = count + Self.stride
                }
                reader.copyPlain(to: output, at: &count, limit: Self.stride)
                if reader.isAtEscape { reader.copyNext(to: output, at: &count) }
            }
        }
        self.source = source
        self.checkpoints = checkpoints
    }

    /// The outer offset of a place in the text that lies between two characters.
    /// - Parameter outer: the text that the value was made from.
    package func outerOffset(of offset: Int, in outer: UnsafeBufferPointer<UInt8>) -> Int {
        var low = 0
        var high = checkpoints.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if checkpoints[middle].text <= offset { low = middle } else { high = middle }
        }
        var text = checkpoints[low].text
        var reader = EscapeReader(outer, at: checkpoints[low].outer)
        while text < offset, reader.position < source.upperBound { text += reader.skipNext() }
        return reader.position
    }

    package func outerRange(of range: Range<Int>, in outer: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        outerOffset(of: range.lowerBound, in: outer)..<outerOffset(of: range.upperBound, in: outer)
    }
}
