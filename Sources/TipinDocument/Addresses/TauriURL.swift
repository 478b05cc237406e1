/// What Tauri's `convertFileSrc` makes of a path: `asset://localhost/<path>` or, on Windows and Android,
/// `http(s)://asset.localhost/<path>`, the path percent-encoded as a whole or part by part; and what addresses become
/// that are relative to the app's own origin.
package enum TauriURL {
    /// The path inside; `nil` where the address is none of these.
    package static func path(of address: String) -> String? {
        guard let parts = Parts(address) else { return nil }
        switch (parts.scheme, parts.host) {
        case ("asset", "localhost"), ("http", "asset.localhost"), ("https", "asset.localhost"):
            // The handler takes the URL's path without its first slash and decodes it as one piece.
            return decoded(parts.path.dropFirst())
        case ("asset", ""): return decoded(parts.path)
        // The first versions had no host.
        case ("asset", _): return parts.path.isEmpty ? absolute(parts.host(of: address)) : nil
        case ("http", let host), ("https", let host):
            // An app may name a protocol of its own; that it encodes a whole path gives it away.
            return host.hasSuffix(".localhost") && host != origin ? absolute(parts.path.dropFirst()) : nil
        case (_, "localhost"): return absolute(parts.path.dropFirst())
        default: return nil
        }
    }

    /// `/path?query` of an address at the app's own origin, which no other app and no reader has.
    package static func originPath(of address: String) -> String? {
        guard let parts = Parts(address), !parts.path.isEmpty else { return nil }
        switch (parts.scheme, parts.host) {
        case ("tauri", "localhost"), ("http", origin), ("https", origin):
            return path(of: address) == nil ? String(parts.path + parts.rest) : nil
        default: return nil
        }
    }

    static func isLocal(_ address: String) -> Bool { path(of: address) != nil || originPath(of: address) != nil }

    private static let origin = "tauri.localhost"

    private static func decoded(_ encoded: Substring) -> String? {
        let path = PercentCoding.decoded(String(encoded))
        return path.isEmpty || path == "/" ? nil : path
    }

    /// A path whose first slash, or the colon of its drive, is encoded.
    private static func absolute(_ encoded: Substring) -> String? {
        let head = encoded.prefix(4).lowercased()
        let isDrive = head.dropFirst().hasPrefix("%3a") && head.first?.isLetter == true
        return head.hasPrefix("%2f") || isDrive ? decoded(encoded) : nil
    }

    private struct Parts {
        /// In lower case.
        var scheme: String
        /// In lower case.
        var host: String
        var path: Substring
        /// Query and fragment.
        var rest: Substring

        init?(_ address: String) {
            guard let schemeEnd = address.firstRange(of: "://") else { return nil }
            scheme = address[..<schemeEnd.lowerBound].lowercased()
            guard scheme != "data", scheme != "file" else { return nil }
            let after = address[schemeEnd.upperBound...]
            let host = after.prefix { !"/?#".contains($0) }
            self.host = host.lowercased()
            path = after[host.endIndex...].prefix { $0 != "?" && $0 != "#" }
            rest = after[path.endIndex...]
        }

        /// As it stands there.
        func host(of address: String) -> Substring {
            guard let schemeEnd = address.firstRange(of: "://") else { return "" }
            return address[schemeEnd.upperBound...].prefix { !"/?#".contains($0) }
        }
    }
}
