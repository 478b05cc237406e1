/// A `data:` URL taken apart (RFC 2397, and the WHATWG Fetch standard's "data: URL processor").
package struct DataURL: Sendable, Equatable {
    package enum Failure: Error, Sendable, Equatable {
        case noComma
        case invalidBase64
        /// The payload has more than the allowed bytes.
        case tooLarge(limit: Int)
        case notADataURL
    }

    /// As it stands between `data:` and the comma, without `;base64`; empty means `text/plain`.
    package var mediaType: String
    package var bytes: [UInt8]

    /// - Parameters:
    ///   - url: UTF-8; a fragment (`#…`) is cut off, as everywhere in URLs.
    ///   - limit: bytes of payload, checked before anything is decoded.
    package init(_ url: some Sequence<UInt8>, limit: Int = .max) throws(Failure) {
        // URLs lose their white space at both ends, and tabs and line breaks everywhere.
        var text = url.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
        while let first = text.first, first <= 0x20 { text = text.dropFirst() }
        guard text.count >= 5, text.prefix(5).elementsEqual("data:".utf8, by: { $0 | 0x20 == $1 || $0 == $1 }) else {
            throw .notADataURL
        }
        if let hash = text.firstIndex(of: UInt8(ascii: "#")) { text = text[..<hash] }
        while let last = text.last, last <= 0x20 { text = text.dropLast() }
        text = text.dropFirst(5)
        guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { throw .noComma }
        let payload = text[text.index(after: comma)...]
        let head = Self.head(text[..<comma])
        mediaType = head.mediaType
        guard head.isBase64 else {
            let decoded = PercentCoding.decoded(payload)
            guard decoded.count <= limit else { throw .tooLarge(limit: limit) }
            bytes = decoded
            return
        }
        if payload.count / 4 > limit { throw .tooLarge(limit: limit) }
        let encoded = payload.contains(UInt8(ascii: "%")) ? PercentCoding.decoded(payload)[...] : payload
        guard let decoded = Base64.decoded(encoded) else { throw .invalidBase64 }
        guard decoded.count <= limit else { throw .tooLarge(limit: limit) }
        bytes = decoded
    }

    private static func head(_ text: ArraySlice<UInt8>) -> (mediaType: String, isBase64: Bool) {
        var head = String(decoding: text, as: UTF8.self)
        while head.hasPrefix(" ") { head.removeFirst() }
        while head.hasSuffix(" ") { head.removeLast() }
        let lowered = head.lowercased()
        guard lowered.hasSuffix("base64") else { return (head, false) }
        var rest = head.dropLast(6)
        while rest.hasSuffix(" ") { rest.removeLast() }
        guard rest.hasSuffix(";") else { return (head, false) }
        return (String(rest.dropLast()), true)
    }
}
