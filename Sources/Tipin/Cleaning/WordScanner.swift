/// Finds the words of a text that could be ids or digests: 8 to 64 letters, digits, `-` and `_`, and in longer ones
/// each run of 64 hexadecimal digits.
package struct WordScanner {
    package typealias Text = UnsafeBufferPointer<UInt8>

    private let text: Text
    private static let lengths = 8...64
    private static let base64 = Array("base64".utf8)

    package init(_ text: Text) { self.text = text }

    /// Whether the text is found wherever it stands between characters that are none of its own.
    package static func finds(_ text: String) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy(isWord)
    }

    /// Gives each of them in the order of their places.
    package func forEachWord(_ body: (Text) -> Void) {
        var start = 0
        while start < text.count {
            guard Self.isWord(text[start]) else {
                start += 1
                continue
            }
            let end = self.end(from: start, Self.isWord)
            let word = Text(rebasing: text[start..<end])
            if Self.lengths.contains(word.count) {
                body(word)
            } else if word.count > Self.lengths.upperBound {
                forEachDigest(in: start..<end, body)
            }
            start = end
            // A picture's own bytes name nothing, and there may be gigabytes of them.
            if end < text.count, text[end] == UInt8(ascii: ","), word.elementsEqual(Self.base64) {
                start = self.end(from: end) { ![0x20, 0x09, 0x0A, 0x0D, 0x22, 0x27, 0x5C].contains($0) }
            }
        }
    }

    private func forEachDigest(in range: Range<Int>, _ body: (Text) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = max(start + 1, self.end(from: start, Self.isHexDigit))
            if end - start == 64 { body(Text(rebasing: text[start..<end])) }
            start = end
        }
    }

    private func end(from start: Int, _ belongs: (UInt8) -> Bool) -> Int {
        var end = start
        while end < text.count, belongs(text[end]) { end += 1 }
        return end
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
