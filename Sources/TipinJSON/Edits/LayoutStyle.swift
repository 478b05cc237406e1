/// How a document is laid out, as far as inserted values follow it.
package struct LayoutStyle: Sendable, Equatable {
    /// `\n` or `\r\n`; empty where everything stands on one line.
    package var newline: [UInt8]
    /// One level of indentation.
    package var unit: [UInt8]
    /// Between a key and its value.
    package var colon: [UInt8]
    package var escapesSlash: Bool

    package var isMultiline: Bool { !newline.isEmpty }

    /// Between two members on one line, or before the line break.
    package var comma: [UInt8] {
        isMultiline || colon == [UInt8(ascii: ":")] ? [UInt8(ascii: ",")] : Array(", ".utf8)
    }

    package static let minified = LayoutStyle(newline: [], unit: [], colon: [UInt8(ascii: ":")], escapesSlash: false)

    package init(newline: [UInt8], unit: [UInt8], colon: [UInt8], escapesSlash: Bool) {
        self.newline = newline
        self.unit = unit
        self.colon = colon
        self.escapesSlash = escapesSlash
    }

    /// Reads the style off the first line breaks and colons of a text, of which a few kilobytes tell enough.
    package init(of text: UnsafeBufferPointer<UInt8>) {
        self = .minified
        let head = text.prefix(4096)
        if let lineFeed = head.firstIndex(of: 0x0A), lineFeed + 1 < head.endIndex {
            let indent = head[(lineFeed + 1)...].prefix { $0 == 0x20 || $0 == 0x09 }
            if !indent.isEmpty {
                newline = lineFeed > 0 && head[lineFeed - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
                unit = Array(indent)
                colon = Array(": ".utf8)
            }
        }
        var previous: UInt8 = 0
        for (index, byte) in head.enumerated() {
            if byte == UInt8(ascii: ":"), previous == UInt8(ascii: "\"") {
                colon = index + 1 < head.count && head[index + 1] == 0x20 ? Array(": ".utf8) : [UInt8(ascii: ":")]
                break
            }
            previous = byte
        }
        escapesSlash = zip(head, head.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "/") }
    }
}
