/// Tells line and column of ascending offsets in one pass over a text.
package struct LineCounter {
    private let text: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var line = 1
    private var column = 1

    package init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// - Parameter target: bytes from the start; one before the last asked for starts the count again.
    /// - Returns: both 1-based; columns count Unicode scalars.
    package mutating func position(of target: Int) -> (line: Int, column: Int) {
        if target < offset { self = LineCounter(text) }
        let end = min(target, text.count)
        while offset < end {
            while end - offset >= 32, isPlainRow() {
                column += 32
                offset += 32
            }
            if end - offset >= 8, let count = scalarsInEight() {
                column += count
                offset += 8
                continue
            }
            for byte in text[offset..<min(offset + 8, end)] {
                if byte == 0x0A {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
                offset += 1
            }
        }
        return (line, column)
    }

    /// Whether the next 32 bytes are ASCII without a line's end, as nearly all are.
    private func isPlainRow() -> Bool {
        // Safe because 32 bytes are left.
        let row = UnsafeRawPointer(text.baseAddress! + offset).loadUnaligned(as: SIMD4<UInt64>.self)
        let difference = row ^ SIMD4(repeating: 0x0A0A_0A0A_0A0A_0A0A)
        // Of ASCII every byte that is not zero here stays below the highest bit with this added, so that it is set.
        let lineEnds = ~(difference &+ SIMD4(repeating: 0x7F7F_7F7F_7F7F_7F7F))
        return (row | lineEnds) & SIMD4(repeating: 0x8080_8080_8080_8080) == .zero
    }

    /// How many scalars begin in the next eight bytes; `nil` where a line ends in them.
    private func scalarsInEight() -> Int? {
        // Safe because eight bytes are left.
        let word = UnsafeRawPointer(text.baseAddress! + offset).loadUnaligned(as: UInt64.self)
        let difference = word ^ 0x0A0A_0A0A_0A0A_0A0A
        guard (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Bytes that go on with a sequence have their highest bit set and the next one clear.
        return 8 - (word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount
    }
}
