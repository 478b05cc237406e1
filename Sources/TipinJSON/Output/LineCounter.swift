internal import Glibc

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
        guard let base = text.baseAddress else { return (line, column) }
        // What stands on a line that ended has no column to count for.
        while offset < end, let found = memchr(base + offset, 0x0A, end - offset) {
            line += 1
            column = 1
            offset = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base + 1
        }
        column += scalars(to: end)
        offset = max(offset, end)
        return (line, column)
    }

    /// How many scalars begin before `end`.
    private func scalars(to end: Int) -> Int {
        guard offset < end, let base = text.baseAddress else { return 0 }
        var count = end - offset
        var position = offset
        while position + 32 <= end {
            // Safe because so many bytes are left.
            let words = UnsafeRawPointer(base + position).loadUnaligned(as: SIMD4<UInt64>.self)
            // Bytes that go on with a sequence have their highest bit set and the next one clear.
            let continuing = words & ~(words &<< 1) & SIMD4(repeating: 0x8080_8080_8080_8080)
            if continuing != .zero { for lane in 0..<4 { count -= continuing[lane].nonzeroBitCount } }
            position += 32
        }
        while position < end {
            if text[position] & 0xC0 == 0x80 { count -= 1 }
            position += 1
        }
        return count
    }
}
