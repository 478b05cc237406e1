internal import Glibc

/// A `data:` URL taken apart (RFC 2397, and the WHATWG Fetch standard's "data: URL processor").
package struct DataURL: Sendable, Equatable {
    package enum Failure: Error, Sendable, Equatable {
        case noComma
        case invalidBase64
        /// The payload has more than the allowed bytes.
        case tooLarge(limit: Int)
        case notADataURL
    }

    /// Normalised; `text/plain;charset=US-ASCII` where none stands there that can be read.
    package var mediaType: String
    package var bytes: [UInt8]

    /// - Parameters:
    ///   - url: UTF-8; a fragment (`#…`) is cut off, as everywhere in URLs.
    ///   - limit: bytes of payload, checked before anything is decoded.
    package init(_ url: some Sequence<UInt8>, limit: Int = .max) throws(Failure) {
        if let plain = url.withContiguousStorageIfAvailable({ DataURL(plain: $0, limit) }) ?? nil {
            self = plain
            return
        }
        // A picture may have megabytes: it is copied whole and looked at as bytes, not as a sequence.
        try self.init(bytes: url.withContiguousStorageIfAvailable { Array($0) } ?? Array(url), limit)
    }

    /// As every encoder writes one, read without a copy and in one pass; `nil` for any other.
    private init?(plain url: UnsafeBufferPointer<UInt8>, _ limit: Int) {
        guard url.count > 5, url.prefix(5).elementsEqual("data:".utf8),
            let comma = url.prefix(Self.plainHeadLength).firstIndex(of: UInt8(ascii: ","))
        else { return nil }
        let text = url[5..<comma]
        // White space, fragments and hosts need more of the standard.
        guard text.first != UInt8(ascii: "/"), text.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
        else { return nil }
        let head = Self.head(Array(text)[...])
        let payload = UnsafeBufferPointer(rebasing: url[(comma + 1)...])
        guard head.isBase64, payload.count / 4 <= limit, let bytes = Base64.decoded(plain: payload),
            bytes.count <= limit
        else { return nil }
        (mediaType, self.bytes) = (head.mediaType, bytes)
    }

    /// No type is written with more bytes.
    private static let plainHeadLength = 128

    private init(bytes url: [UInt8], _ limit: Int) throws(Failure) {
        // URLs lose their white space at both ends, and tabs and line breaks everywhere.
        var text = (Self.hasBreaks(url) ? url.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } : url)[...]
        while let first = text.first, first <= 0x20 { text = text.dropFirst() }
        guard text.count >= 5, text.prefix(5).elementsEqual("data:".utf8, by: { $0 | 0x20 == $1 || $0 == $1 }) else {
            throw .notADataURL
        }
        while let last = text.last, last <= 0x20 { text = text.dropLast() }
        if let hash = text.firstIndex(of: UInt8(ascii: "#")) { text = text[..<hash] }
        text = text.dropFirst(5)
        guard Self.hasValidPort(text) else { throw .notADataURL }
        guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { throw .noComma }
        let payload = text[text.index(after: comma)...]
        let head = Self.head(text[..<comma])
        mediaType = head.mediaType
        bytes = try Self.decoded(payload, isBase64: head.isBase64, limit: limit)
    }

    private static func hasBreaks(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return false }
            return [0x0A, 0x0D, 0x09].contains { memchr(base, $0, bytes.count) != nil }
        }
    }

    private static func decoded(
        _ payload: ArraySlice<UInt8>, isBase64: Bool, limit: Int
    ) throws(Failure) -> [UInt8] {
        if isBase64, payload.count / 4 > limit { throw .tooLarge(limit: limit) }
        let plain = payload.contains(UInt8(ascii: "%")) ? PercentCoding.decoded(payload)[...] : payload
        let decoded = isBase64 ? Base64.decoded(plain) ?? Base64.decoded(urlSafe: plain) : Array(plain)
        guard let decoded else { throw .invalidBase64 }
        guard decoded.count <= limit else { throw .tooLarge(limit: limit) }
        return decoded
    }

    private static func head(_ text: ArraySlice<UInt8>) -> (mediaType: String, isBase64: Bool) {
        var head = encoded(text)[...]
        while head.first == " " { head.removeFirst() }
        while head.last == " " { head.removeLast() }
        let rest = withoutBase64(head)
        var type = String(rest ?? head)
        if type.hasPrefix(";") { type = "text/plain" + type }
        let known = MIMEType(type) ?? MIMEType.ofUntypedData
        return (known?.description ?? "", rest != nil)
    }

    /// What stands before `;base64` at the end; `nil` where that does not stand there.
    private static func withoutBase64(_ head: Substring) -> Substring? {
        guard head.suffix(6).lowercased() == "base64" else { return nil }
        var rest = head.dropLast(6)
        while rest.last == " " { rest.removeLast() }
        return rest.last == ";" ? rest.dropLast() : nil
    }

    /// Controls and what is not ASCII are percent-encoded in every URL before it is looked at.
    private static func encoded(_ text: ArraySlice<UInt8>) -> String {
        var result = ""
        for byte in text {
            if (0x20...0x7E).contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count < 2 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// After `//` a URL has a host, and one with a port that is no number is no URL.
    private static func hasValidPort(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.starts(with: "//".utf8) else { return true }
        let authority = text.dropFirst(2).prefix { !"/?".utf8.contains($0) }
        let host = authority.suffix(from: authority.lastIndex(of: UInt8(ascii: "@")) ?? authority.startIndex)
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")), !host[colon...].contains(UInt8(ascii: "]")) else {
            return true
        }
        let port = String(decoding: host[(colon + 1)...], as: UTF8.self)
        return port.isEmpty || UInt16(port) != nil
    }
}
