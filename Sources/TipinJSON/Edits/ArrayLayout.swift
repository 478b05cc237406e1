/// The elements of an array in a valid text.
package struct ArrayLayout: Sendable {
    package let elements: [(range: Range<Int>, kind: TokenKind)]

    /// - Parameter start: the offset of the `[`.
    package init(_ text: UnsafeBufferPointer<UInt8>, arrayAt start: Int) {
        var walker = ValueWalker(text, at: start + 1)
        var elements: [(range: Range<Int>, kind: TokenKind)] = []
        while walker.skipSeparators() != UInt8(ascii: "]"), !walker.isAtEnd {
            let (range, kind) = walker.next()
            elements.append((range, kind))
        }
        self.elements = elements
    }
}
