/// How an address must be read.
package enum AddressForm: Sendable, Equatable {
    case dataURL
    /// `http:`, `https:` or `//host/…`.
    case remoteURL
    /// `file:`, a Tauri asset URL, or a path.
    case localFile
    /// Nothing can be read there: why, in words.
    case dead(String)

    /// - Parameter address: the whole address, or its beginning where it is long.
    package init(_ address: String) {
        let trimmed = Self.trimmed(address)
        guard !trimmed.isEmpty else {
            self = .dead("empty address")
            return
        }
        if Self.isPlainlyWeb(trimmed) {
            self = TauriURL.isLocal(trimmed) ? .localFile : .remoteURL
        } else if trimmed.hasPrefix("//") {
            self = .remoteURL
        } else if Self.placeholders.contains(where: trimmed.hasPrefix) {
            self = .dead("placeholder of a template")
        } else if let scheme = Self.scheme(of: trimmed) {
            self = Self.form(ofScheme: scheme, trimmed)
        } else {
            self = .localFile
        }
    }

    /// As nearly every address begins, told without a string of its own.
    private static func isPlainlyWeb(_ address: String) -> Bool {
        address.hasFirstBytes(of: "https://") || address.hasFirstBytes(of: "http://")
    }

    private static let placeholders = ["{{", "${", "<%", "{%", "[["]

    /// Whether a string that may as well be prose is an address: it has a scheme that is known, begins like a path, or
    /// ends like a picture's name.
    package static func looksLikeAddress(_ text: String) -> Bool {
        let trimmed = trimmed(text)
        if trimmed.contains("\n") { return false }
        if ["./", "../", "/", "//"].contains(where: trimmed.hasPrefix) { return true }
        if let scheme = scheme(of: trimmed) {
            return ["http", "https", "data", "file", "asset", "blob", "idb", "cid"].contains(scheme)
        }
        return looksLikePicture(String(trimmed.prefix { $0 != "?" && $0 != "#" }))
    }

    /// Whether a path ends like a picture's name.
    package static func looksLikePicture(_ path: String) -> Bool {
        let name = path.lowercased()
        return [".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".avif", ".bmp"].contains(where: name.hasSuffix)
    }

    /// Without the white space and controls that the URL standard strips from both ends.
    package static func trimmed(_ address: String) -> String {
        func isStripped(_ scalar: Unicode.Scalar) -> Bool { scalar.value <= 0x20 }
        guard let first = address.unicodeScalars.first, let last = address.unicodeScalars.last,
            isStripped(first) || isStripped(last)
        else { return address }
        var scalars = Substring(address).unicodeScalars
        while let first = scalars.first, isStripped(first) { scalars.removeFirst() }
        while let last = scalars.last, isStripped(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// In lower case; `nil` for a path, also one with a drive letter (`C:\…`).
    package static func scheme(of address: String) -> String? {
        guard let colon = address.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = address[..<colon]
        guard name.utf8.count > 1, let first = name.utf8.first, isLetter(first) else { return nil }
        let isScheme = name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
        return isScheme ? name.lowercased() : nil
    }

    /// In lower case, without user and port; `nil` where the address has no `//`.
    package static func host(of address: String) -> String? {
        guard let start = address.firstRange(of: "//")?.upperBound else { return nil }
        let authority = address[start...].prefix { !"/\\?#".contains($0) }
        let host = authority.suffix(
            from: authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex)
        return host.prefix { $0 != ":" }.lowercased()
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func form(ofScheme scheme: String, _ address: String) -> AddressForm {
        switch scheme {
        case "data": return .dataURL
        case "http", "https": return TauriURL.isLocal(address) ? .localFile : .remoteURL
        case "file": return .localFile
        case "asset":
            if TauriURL.path(of: address) != nil || StatamicAddress(address) != nil { return .localFile }
            return .dead("names no file ('asset:' without one)")
        case "statamic" where StatamicAddress(address) != nil: return .localFile
        case "blob", "idb", "cid": return .dead("'\(scheme):' address of a session that is over")
        case "javascript", "vbscript": return .dead("script instead of an address")
        default:
            if TauriURL.isLocal(address) { return .localFile }
            return .dead("scheme '\(scheme):' that only the app which wrote it can read")
        }
    }
}
