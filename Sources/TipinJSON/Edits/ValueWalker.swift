/// Steps from value to value in a valid text.
struct ValueWalker {
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
