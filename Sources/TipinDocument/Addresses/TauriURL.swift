/// What Tauri's `convertFileSrc` makes of a path: `asset://localhost/<path>` or, on Windows and Android,
/// `http(s)://asset.localhost/<path>`, the path percent-encoded as a whole or part by part.
package enum TauriURL {
    /// The path inside; `nil` where the address is none of these.
    package static func path(of address: String) -> String? {
        guard let schemeEnd = address.firstRange(of: "://") else { return nil }
        let scheme = address[..<schemeEnd.lowerBound].lowercased()
        let rest = address[schemeEnd.upperBound...]
        let hostEnd = rest.firstIndex(where: { "/?#".contains($0) }) ?? rest.endIndex
        let host = rest[..<hostEnd].lowercased()
        let isTauri =
            switch scheme {
            case "asset": host == "localhost"
            case "http", "https": host == "asset.localhost"
            default: false
            }
        guard isTauri, hostEnd < rest.endIndex, rest[hostEnd] == "/" else { return nil }
        // The handler takes the URL's path without its first slash and decodes it as one piece.
        let encoded = rest[rest.index(after: hostEnd)...].prefix { $0 != "?" && $0 != "#" }
        let path = PercentCoding.decoded(String(encoded))
        return path.isEmpty ? nil : path
    }
}
