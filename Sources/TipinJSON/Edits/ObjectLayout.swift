/// Where the members of one object stand. The text is known to be valid JSON.
package struct ObjectLayout: Sendable, Equatable {
    package struct Member: Sendable, Equatable {
        /// With the quotes.
        package let keyBytes: ByteRange
        package let valueBytes: ByteRange
        package let kind: TokenKind

        package init(key: Range<Int>, value: Range<Int>, kind: TokenKind) {
            keyBytes = ByteRange(key)
            valueBytes = ByteRange(value)
            self.kind = kind
        }

        /// With the quotes.
        package var key: Range<Int> { keyBytes.range }
        package var value: Range<Int> { valueBytes.range }
    }

    /// From `{` to `}`.
    package let range: Range<Int>
    /// In the order they stand; a key may stand twice, then the last one counts.
    package let members: [Member]

    /// - Parameter start: the offset of the `{`.
    package init(_ text: UnsafeBufferPointer<UInt8>, objectAt start: Int) {
        var walker = ValueWalker(text, at: start + 1)
        var members: [Member] = []
        // One allocation for nearly every object.
        members.reserveCapacity(12)
        while walker.skipSeparators() != UInt8(ascii: "}"), !walker.isAtEnd {
            let (key, _) = walker.next()
            walker.skipSeparators()
            let (value, kind) = walker.next()
            members.append(Member(key: key, value: value, kind: kind))
        }
        self.members = members
        range = start..<min(walker.position + 1, text.count)
    }

    /// The member that counts for `name`: the last one with that key, after unescaping.
    package func member(_ name: String, in text: UnsafeBufferPointer<UInt8>) -> Member? {
        place(of: name, in: text).map { members[$0] }
    }

    /// Where in `members` that one is.
    func place(of name: String, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var name = name
        return name.withUTF8 { name in
            var index = members.count - 1
            while index >= 0 {
                if JSONString.equals(UnsafeBufferPointer(rebasing: text[members[index].key]), name) { return index }
                index -= 1
            }
            return nil
        }
    }
}
