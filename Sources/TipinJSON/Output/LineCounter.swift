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
            let byte = text[offset]
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
        return (line, column)
    }
}
