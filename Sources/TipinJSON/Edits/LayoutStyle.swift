/// How a document is laid out, as far as inserted values follow it.
package struct LayoutStyle: Sendable, Equatable {
    /// `\n` or `\r\n`; empty where everything stands on one line.
    package var newline: [UInt8]
    /// One level of indentation.
    package var unit: [UInt8]
    /// Between a key and its value.
    package var colon: [UInt8]
    package var escapes: EscapeStyle
    /// Inside the braces of an object on one line.
    package var padding: [UInt8] = []

    package var isMultiline: Bool { !newline.isEmpty }

    /// Between two members on one line, or before the line break.
    package var comma: [UInt8] {
        isMultiline || colon == [UInt8(ascii: ":")] ? [UInt8(ascii: ",")] : Array(", ".utf8)
    }

    package static let minified = LayoutStyle(newline: [], unit: [], colon: [UInt8(ascii: ":")])

    package init(newline: [UInt8], unit: [UInt8], colon: [UInt8], escapes: EscapeStyle = .plain) {
        self.newline = newline
        self.unit = unit
        self.colon = colon
        self.escapes = escapes
    }

    /// Reads the style off the first line breaks and colons of a text, of which a few kilobytes tell enough.
    package init(of text: UnsafeBufferPointer<UInt8>) {
        self = .minified
        let head = text.prefix(4096)
        if let indent = Self.firstIndent(head) {
            newline = indent.startIndex > 1 && head[indent.startIndex - 2] == 0x0D ? [0x0D, 0x0A] : [0x0A]
            unit = Array(indent)
            colon = Array(": ".utf8)
        }
        var previous: UInt8 = 0
        for (index, byte) in head.enumerated() {
            if byte == UInt8(ascii: ":"), previous == UInt8(ascii: "\"") {
                colon = index + 1 < head.count && head[index + 1] == 0x20 ? Array(": ".utf8) : [UInt8(ascii: ":")]
                break
            }
            previous = byte
        }
        // The first slash may come late: most texts have none before their first address.
        escapes = EscapeStyle(of: UnsafeBufferPointer(rebasing: text.prefix(1 << 19)))
    }

    /// What the first line begins with that is indented: a document may begin with empty lines.
    private static func firstIndent(_ head: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>>? {
        var rest = head
        while let lineFeed = rest.firstIndex(of: 0x0A) {
            rest = rest[(lineFeed + 1)...]
            let indent = rest.prefix { $0 == 0x20 || $0 == 0x09 }
            // A line that only closes something is not indented by a level.
            guard !indent.isEmpty, indent.endIndex < rest.endIndex, !"}]".utf8.contains(rest[indent.endIndex]) else {
                continue
            }
            return indent
        }
        return nil
    }

    /// What the line begins with on which a value stands; `nil` where another value stands before it on that line.
    package static func lineIndent(before offset: Int, in text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var start = offset
        while start > 0, text[start - 1] != 0x0A {
            start -= 1
            if text[start] == UInt8(ascii: ",") || text[start] == UInt8(ascii: "{") { return nil }
        }
        return Array(text[start..<offset].prefix { $0 == 0x20 || $0 == 0x09 })
    }
}
