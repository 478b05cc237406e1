/// What Tauri's `convertFileSrc` makes of a path: `asset://localhost/<path>` or, on Windows and Android,
/// `http(s)://asset.localhost/<path>`, the path percent-encoded as a whole or part by part; and what addresses become
/// that are relative to the app's own origin.
package enum TauriURL {
    /// The path inside; `nil` where the address is none of these.
    package static func path(of address: String) -> String? { Parts(address).flatMap { path(of: $0, in: address) } }

    private static func path(of parts: Parts, in address: String) -> String? {
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
        Parts(address).flatMap { originPath(of: $0, in: address) }
    }

    private static func originPath(of parts: Parts, in address: String) -> String? {
        guard !parts.path.isEmpty else { return nil }
        switch (parts.scheme, parts.host) {
        case ("tauri", "localhost"), ("http", origin), ("https", origin):
            return path(of: parts, in: address) == nil ? String(parts.path + parts.rest) : nil
        default: return nil
        }
    }

    static func isLocal(_ address: String) -> Bool {
        guard let parts = Parts(address) else { return false }
        return path(of: parts, in: address) != nil || originPath(of: parts, in: address) != nil
    }

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
        /// As it stands there.
        private var hostRange: Range<String.Index>

        /// `nil` also where neither scheme nor host is one of Tauri's: nearly every address, so that is told by bytes.
        init?(_ address: String) {
            var text = address
            guard let found = text.withUTF8({ Self.find(in: $0) }) else { return nil }
            let start = address.utf8.index(address.startIndex, offsetBy: found.host.lowerBound)
            let end = address.utf8.index(address.startIndex, offsetBy: found.host.upperBound)
            scheme = address[..<address.utf8.index(address.startIndex, offsetBy: found.colon)].lowercased()
            guard scheme != "data", scheme != "file" else { return nil }
            hostRange = start..<end
            host = address[hostRange].lowercased()
            path = address[end...].prefix { $0 != "?" && $0 != "#" }
            rest = address[path.endIndex...]
        }

        func host(of address: String) -> Substring { address[hostRange] }

        /// Where the scheme ends and the host stands.
        private static func find(in bytes: UnsafeBufferPointer<UInt8>) -> (colon: Int, host: Range<Int>)? {
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
                bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/")
            else { return nil }
            let start = colon + 3
            var end = start
            while end < bytes.count, !endsHost(bytes[end]) { end += 1 }
            let isTauris =
                ends(bytes, end, "localhost", from: start) || (colon == 5 && ends(bytes, 5, "asset", from: 0))
            return isTauris ? (colon, start..<end) : nil
        }

        /// Whether the bytes before an offset are that word, in either case.
        private static func ends(
            _ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, _ word: StaticString, from start: Int
        ) -> Bool {
            let first = end - word.utf8CodeUnitCount
            guard first >= start else { return false }
            return (0..<word.utf8CodeUnitCount).allSatisfy { bytes[first + $0] | 0x20 == word.utf8Start[$0] }
        }

        private static func endsHost(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
    }
}
