/// Recognises HTML where a document is expected. It is reported, not rewritten: only its `<img>` tags are looked at.
enum HTMLImages {
    /// - Returns: the `src` of each `<img>`, character references as they stand; `nil` where the text is no HTML.
    static func addresses(in text: String) -> [String]? {
        let trimmed = AddressForm.trimmed(text)
        guard trimmed.hasPrefix("<"), let second = trimmed.dropFirst().unicodeScalars.first,
            second.properties.isAlphabetic || second == "!" || second == "/", trimmed.utf8.contains(UInt8(ascii: ">"))
        else { return nil }
        var addresses: [String] = []
        var rest = Array(trimmed.utf8)[...]
        while let tag = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(tag + 1)...]
            guard rest.prefix(3).elementsEqual("img".utf8, by: { $0 | 0x20 == $1 }), rest.count > 3,
                isSpace(rest[tag + 4])
            else { continue }
            rest = rest.dropFirst(3)
            var attributes = Attributes(rest: rest)
            if let address = attributes.value(of: "src") { addresses.append(address) }
            rest = attributes.rest
        }
        return addresses
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0C, 0x0D, UInt8(ascii: "/")].contains(byte)
    }

    /// The attributes of one tag (HTML, "attributes"), up to its `>`.
    private struct Attributes {
        var rest: ArraySlice<UInt8>

        /// The first value that is not empty; reads all attributes.
        mutating func value(of name: String) -> String? {
            var found: String?
            while let attribute = next() {
                if attribute.name == name, found == nil, !attribute.value.isEmpty { found = attribute.value }
            }
            return found
        }

        private mutating func next() -> (name: String, value: String)? {
            _ = take(while: HTMLImages.isSpace)
            guard let first = rest.first, first != UInt8(ascii: ">") else { return nil }
            rest.removeFirst()
            let tail = take { !HTMLImages.isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") }
            let name = String(decoding: [first] + tail, as: UTF8.self).lowercased()
            _ = take { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "=") else { return (name, "") }
            rest.removeFirst()
            _ = take { $0 <= 0x20 }
            return (name, value())
        }

        private mutating func value() -> String {
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                return String(decoding: take { $0 > 0x20 && $0 != UInt8(ascii: ">") }, as: UTF8.self)
            }
            rest.removeFirst()
            let value = take { $0 != quote }
            rest = rest.dropFirst()
            return String(decoding: value, as: UTF8.self)
        }

        private mutating func take(while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
            let taken = rest.prefix(while: belongs)
            rest = rest[taken.endIndex...]
            return taken
        }
    }
}
