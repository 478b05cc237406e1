/// Recognises HTML where a document is expected. It is reported, not rewritten: only the addresses of pictures in it
/// are looked for.
struct HTMLImages {
    /// One address, with character references as they stand.
    struct Address: Equatable {
        var element: String
        var attribute: String
        /// Of the value in the text.
        var range: Range<Int>
    }

    private let text: [UInt8]
    private var position: Int
    private var found: [Address] = []

    /// - Returns: `nil` where the text is no HTML.
    static func addresses(in text: [UInt8]) -> [Address]? {
        guard let start = text.firstIndex(where: { $0 > 0x20 }), text[start] == UInt8(ascii: "<"),
            start + 1 < text.count,
            isLetter(text[start + 1]) || "!/".utf8.contains(text[start + 1]), text.contains(UInt8(ascii: ">"))
        else { return nil }
        var reader = HTMLImages(text: text, position: start)
        reader.read()
        return reader.found
    }

    private init(text: [UInt8], position: Int) {
        self.text = text
        self.position = position
    }

    /// Attributes that hold addresses of pictures, sounds and films, by element; `*` for any element.
    private static let attributes: [String: Set<String>] = [
        "img": ["src", "srcset", "data-src", "data-srcset", "data-original", "data-canonical-src", "data-asset-id"],
        "source": ["src", "srcset"], "video": ["src", "poster"], "audio": ["src"], "image-component": ["src"],
        "image": ["href", "xlink:href"], "figure": ["data-asset"], "input": ["src"],
        "*": ["data-attachment-url", "data-attachment-id"],
    ]

    private mutating func read() {
        while let tag = text[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = tag + 1
            if starts(with: "!--") {
                skip(behind: "-->")
            } else if position < text.count, Self.isLetter(text[position]) {
                let name = take { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
                readAttributes(of: word(name))
                // What stands in these is no markup.
                if ["script", "style", "textarea"].contains(word(name)) { skip(behind: "</" + word(name)) }
            }
        }
    }

    private mutating func readAttributes(of element: String) {
        let wanted = (Self.attributes[element] ?? []).union(Self.attributes["*"] ?? [])
        var seen: Set<String> = []
        while true {
            _ = take { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
            guard position < text.count, text[position] != UInt8(ascii: ">") else { break }
            let start = position
            position += 1
            _ = take { $0 > 0x20 && !"=>/".utf8.contains($0) }
            let name = word(start..<position)
            let value = value()
            // Of equal attributes the first counts.
            guard !value.isEmpty, seen.insert(name).inserted else { continue }
            if wanted.contains(name) { found.append(Address(element: element, attribute: name, range: value)) }
            if name == "style" { readStyle(value, element) }
        }
    }

    /// An attribute's value after its name; empty where there is none.
    private mutating func value() -> Range<Int> {
        let end = position
        _ = take { $0 <= 0x20 }
        guard position < text.count, text[position] == UInt8(ascii: "=") else {
            position = end
            return end..<end
        }
        position += 1
        _ = take { $0 <= 0x20 }
        guard position < text.count, "\"'".utf8.contains(text[position]) else {
            return take { $0 > 0x20 && $0 != UInt8(ascii: ">") }
        }
        let quote = text[position]
        position += 1
        let value = take { $0 != quote }
        position = min(position + 1, text.count)
        return value
    }

    /// `url(…)` of a style.
    private mutating func readStyle(_ style: Range<Int>, _ element: String) {
        var rest = text[style]
        while let start = rest.firstRange(of: Array("url(".utf8))?.upperBound,
            let end = rest[start...].firstIndex(of: UInt8(ascii: ")"))
        {
            var value = rest[start..<end]
            while let first = value.first, first <= 0x20 || "\"'".utf8.contains(first) { value.removeFirst() }
            while let last = value.last, last <= 0x20 || "\"'".utf8.contains(last) { value.removeLast() }
            if !value.isEmpty { found.append(Address(element: element, attribute: "style", range: value.indices)) }
            rest = rest[end...]
        }
    }

    // MARK: Bytes

    private mutating func take(while belongs: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < text.count, belongs(text[position]) { position += 1 }
        return start..<position
    }

    private func word(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self).lowercased() }

    private func starts(with word: String) -> Bool { text[position...].starts(with: word.utf8) }

    /// To the end where the word does not come.
    private mutating func skip(behind word: String) {
        position = text[position...].firstRange(of: Array(word.utf8))?.upperBound ?? text.count
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
}
