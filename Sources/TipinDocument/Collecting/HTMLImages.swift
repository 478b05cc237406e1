/// Recognises HTML where a document is expected. It is reported, not read: nothing here parses it.
enum HTMLImages {
    /// - Returns: the `src` of each `<img>`; `nil` where the text is no HTML.
    static func addresses(in text: String) -> [String]? {
        let trimmed = AddressForm.trimmed(text)
        guard trimmed.hasPrefix("<"), let second = trimmed.dropFirst().unicodeScalars.first,
            second.properties.isAlphabetic || second == "!" || second == "/", trimmed.contains(">")
        else { return nil }
        var addresses: [String] = []
        var rest = trimmed[...]
        while let tag = rest.firstRange(of: "<img") ?? rest.firstRange(of: "<IMG") {
            let end = rest[tag.upperBound...].firstIndex(of: ">") ?? rest.endIndex
            if let address = source(in: rest[tag.upperBound..<end]) { addresses.append(address) }
            rest = rest[end...]
        }
        return addresses
    }

    private static func source(in attributes: Substring) -> String? {
        guard let name = attributes.firstRange(of: " src=") else { return nil }
        let value = attributes[name.upperBound...]
        guard let quote = value.first, quote == "\"" || quote == "'" else {
            return String(value.prefix { !$0.isWhitespace })
        }
        return String(value.dropFirst().prefix { $0 != quote })
    }
}
