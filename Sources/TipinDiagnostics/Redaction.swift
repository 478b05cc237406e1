/// Cuts secrets out of what people see and machines log.
package enum Redaction {
    /// The address without user info, with what follows `?` or `#` replaced by `…`.
    ///
    /// A `data:` URL keeps its media type and at most 16 characters of its payload.
    package static func redacted(_ address: String) -> String {
        if isPlain(address) { return address }
        let safe = printable(address)
        if safe.prefix(5).lowercased() == "data:" { return shortenedDataURL(safe) }
        return SecretParts(ofAddress: safe).shown()
    }

    /// Whether nothing in the address could be a secret, move a cursor or be cut: nearly every one.
    private static func isPlain(_ address: String) -> Bool {
        let bytes = address.utf8
        if let first = bytes.first, first | 0x20 == UInt8(ascii: "d") { return false }
        var colons = 0
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"): return false
            case UInt8(ascii: ":"):
                colons += 1
                // The second one may be that before a password of which only the beginning is here.
                return colons < 2
            default: return 0x20..<0x7F ~= byte
            }
        }
    }

    /// Control characters, which could move a terminal's cursor or split a log line, as `\u{…}`.
    package static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// What people are to see of a text that may be very long: its beginning and its end, with `…` between them.
    /// - Parameter columns: at most so many characters, from 2.
    package static func shortened(_ text: String, to columns: Int = 100) -> String {
        // Cheap to tell of nearly all: no text has more characters than bytes.
        guard text.utf8.count > columns, text.count > columns else { return text }
        let end = columns / 2
        return text.prefix(columns - 1 - end) + "…" + text.suffix(end)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func shortenedDataURL(_ url: String) -> String {
        guard let comma = url.firstIndex(of: ",") else { return String(url.prefix(40)) }
        let payload = url[url.index(after: comma)...]
        let head = url[...comma].prefix(60)
        return String(head + (payload.utf8.count <= 16 ? payload : payload.prefix(16) + "…"))
    }
}
