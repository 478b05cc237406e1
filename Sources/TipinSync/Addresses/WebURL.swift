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
    /// In lower case; an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int
    /// Begins with `/`; dot segments are resolved.
    package let path: String
    /// Without the `?`.
    package let query: String?

    /// - Parameter base: what a relative address is relative to.
    package init(_ text: String, relativeTo base: WebURL? = nil) throws(Refusal) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw .controlCharacter
        }
        guard let handle = curl_url() else { throw .malformed }
        defer { curl_url_cleanup(handle) }
        if let base, curl_url_set(handle, CURLUPART_URL, base.text, 0) != CURLUE_OK { throw .malformed }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
        guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else { throw .malformed }
        let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased() ?? ""
        guard scheme == "http" || scheme == "https" else { throw .scheme(scheme) }
        guard Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil else {
            throw .userInfo
        }
        guard let host = Self.part(CURLUPART_HOST, of: handle)?.lowercased(), !host.isEmpty else { throw .noHost }
        self.scheme = scheme
        self.host = host
        port = Self.part(CURLUPART_PORT, of: handle).flatMap { Int($0) } ?? (scheme == "https" ? 443 : 80)
        path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
        query = Self.part(CURLUPART_QUERY, of: handle)
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
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
    /// Dot segments that are percent-encoded count as what a server may take them for.
    package func isBelow(_ base: WebURL) -> Bool {
        guard origin == base.origin, let parts = Self.plainSegments(path), let above = Self.plainSegments(base.path)
        else { return false }
        return parts.count > above.count && parts.starts(with: above)
    }

    /// `nil` where a segment means "up", however it is written.
    private static func plainSegments(_ path: String) -> [Substring]? {
        let segments = path.split(separator: "/")
        for segment in segments {
            let decoded = segment.lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
                .replacing("%5c", with: "/")
            if decoded.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..") { return nil }
        }
        return segments
    }

    /// Whether the host is one that only this network knows: a literal address that is not public, or a local name.
    package var hasPrivateHost: Bool {
        if let address = NetworkAddress(host) { return address.kind != .public }
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        return name == "localhost"
            || [".localhost", ".local", ".internal", ".home.arpa"].contains { name.hasSuffix($0) }
    }
}
