internal import Glibc

/// Where the members of one object stand. The text is known to be valid JSON.
package struct ObjectLayout: Sendable, Equatable {
    package struct Member: Sendable, Equatable {
        /// With the quotes.
        package var key: Range<Int>
        package var value: Range<Int>
        package var kind: TokenKind
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

/// Steps from value to value in a valid text.
private struct ValueWalker {
    private let text: UnsafeBufferPointer<UInt8>
    private(set) var position: Int

    init(_ text: UnsafeBufferPointer<UInt8>, at position: Int) {
        self.text = text
        self.position = position
    }

    var isAtEnd: Bool { position >= text.count }

    /// - Returns: the byte that stands at the new position.
    @discardableResult
    mutating func skipSeparators() -> UInt8 {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
            default: return text[position]
            }
        }
        return 0
    }

    mutating func next() -> (range: Range<Int>, kind: TokenKind) {
        let start = position
        guard start < text.count else { return (start..<start, .null) }
        let kind: TokenKind
        switch text[start] {
        case UInt8(ascii: "\""):
            skipString()
            kind = .string
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            kind = text[start] == UInt8(ascii: "{") ? .objectStart : .arrayStart
            skipNested()
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            skipLiteral()
            kind = .boolean
        case UInt8(ascii: "n"):
            skipLiteral()
            kind = .null
        default:
            skipLiteral()
            // In a text that is no JSON after all, so that it ends.
            if position == start { position += 1 }
            kind = .number
        }
        return (start..<position, kind)
    }

    private mutating func skipLiteral() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): return
            default: position += 1
            }
        }
    }

    private mutating func skipNested() {
        var depth = 0
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
            if depth == 0 { return }
        }
    }

    private mutating func skipString() { position = JSONString.end(ofToken: position, in: text) ?? text.count }
}
