internal import CCurl

/// An http or https address, parsed once by libcurl and used only as that understood it (RFC 3986).
package struct WebURL: Sendable, Hashable {
    package enum Refusal: Error, Sendable, Equatable {
        case malformed
        /// Neither http nor https.
        case scheme(String)
        /// A name or password stands before the host.
        case userInfo
        case controlCharacter
        case noHost
    }

    /// `http` or `https`.
    package let scheme: String
    /// In lower case and ASCII (RFC 5891); an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int
    /// Begins with `/`; dot segments are resolved.
    package let path: String
    /// Without the `?`.
    package let query: String?

    /// - Parameter base: what a relative address is relative to.
    package init(_ text: String, relativeTo base: WebURL? = nil) throws(Refusal) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }) else {
            throw .controlCharacter
        }
        // libcurl takes an empty relative address for the base's folder.
        guard !text.isEmpty, let handle = curl_url() else { throw .malformed }
        defer { curl_url_cleanup(handle) }
        if let base, curl_url_set(handle, CURLUPART_URL, base.text, 0) != CURLUE_OK { throw .malformed }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else { throw .malformed }
        let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased() ?? ""
        guard scheme == "http" || scheme == "https" else { throw .scheme(scheme) }
        guard Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil else {
            throw .userInfo
        }
        self.scheme = scheme
        host = try Self.host(of: handle)
        port = Self.part(CURLUPART_PORT, of: handle).flatMap { Int($0) } ?? (scheme == "https" ? 443 : 80)
        path = Self.withUpperCaseEscapes(Self.part(CURLUPART_PATH, of: handle) ?? "/")
        query = Self.part(CURLUPART_QUERY, of: handle).map(Self.withUpperCaseEscapes)
    }

    /// `%c3` and `%C3` are one spelling of two (RFC 3986, 6.2.2.1).
    private static func withUpperCaseEscapes(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var bytes = Array(text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.endIndex {
            for digit in (index + 1)...(index + 2) where bytes[digit] >= 0x61 && bytes[digit] <= 0x66 {
                bytes[digit] -= 0x20
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static func host(of handle: OpaquePointer) throws(Refusal) -> String {
        // Nearly every host is in ASCII already; asking for more makes libcurl look at the locale each time.
        if let plain = part(CURLUPART_HOST, of: handle), plain.utf8.allSatisfy({ $0 < 0x80 }) {
            guard !plain.isEmpty else { throw .noHost }
            guard plain.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { throw .malformed }
            return plain.lowercased()
        }
        var text: UnsafeMutablePointer<CChar>?
        switch tipin_curl_get_ascii_host(handle, &text) {
        case CURLUE_OK: break
        case CURLUE_NO_HOST: throw .noHost
        default: throw .malformed
        }
        guard let text else { throw .noHost }
        defer { curl_free(text) }
        let host = String(cString: text).lowercased()
        guard !host.isEmpty else { throw .noHost }
        guard host.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { throw .malformed }
        guard part(CURLUPART_HOST, of: handle)?.utf8.allSatisfy({ $0 < 0x80 }) == false else { return host }
        // Wide digits are mapped to plain ones, which may spell an address.
        return try WebURL("http://\(host)/").host
    }

    /// Scheme, host and, where it is not the scheme's own, port.
    package var origin: String {
        let isDefault = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)\(isDefault ? "" : ":\(port)")"
    }

    /// The whole address without its fragment, one spelling for each.
    package var text: String { origin + path + (query.map { "?" + $0 } ?? "") }

    /// Whether it lies below another address: the same origin, and a path that goes on from the base's at a slash.
    ///
    /// A path with a `..` that is percent-encoded is below nothing: servers differ in where it leads.
    package func isBelow(_ base: WebURL) -> Bool {
        guard origin == base.origin, let parts = Self.plainSegments(path), var above = Self.plainSegments(base.path)
        else { return false }
        if above.last == "" { above.removeLast() }
        return parts.starts(with: above) && parts.dropFirst(above.count).contains { $0 != "" }
    }

    /// The segments without those that mean "here"; `nil` where one may mean "up", however it is written.
    private static func plainSegments(_ path: String) -> [Substring]? {
        var segments: [Substring] = []
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let decoded = segment.lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
                .replacing("%5c", with: "/").replacing("\\", with: "/")
            guard !decoded.split(separator: "/").contains("..") else { return nil }
            if decoded != "." { segments.append(segment) }
        }
        return segments
    }

    /// Whether the host is one that only this network knows: a literal address that is not public, or a local name.
    package var hasPrivateHost: Bool {
        // A final dot ends a name that is complete, and resolvers take it off addresses too.
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if let address = NetworkAddress(name) { return address.kind != .public }
        return name == "localhost"
            || [".localhost", ".local", ".internal", ".home.arpa"].contains { name.hasSuffix($0) }
    }
}
