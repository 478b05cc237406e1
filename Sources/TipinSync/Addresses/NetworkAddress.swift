internal import Glibc

/// An IP address, and whether anybody but us should be called there.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// What an address is for (the IANA registries of special-purpose addresses, RFC 6890).
    package enum Kind: String, Sendable {
        case `public`
        case loopback
        case `private`
        case linkLocal
        case multicast
        /// Documentation, benchmarking, reserved, unspecified and what else is no single machine on the internet.
        case special
    }

    /// 4 or 16, in network order.
    package let bytes: [UInt8]

    /// `nil` unless there are 4 or 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// From a literal as URLs have it, an IPv6 one in brackets or not. Names give `nil`.
    package init?(_ text: String) {
        var literal = text
        if literal.hasPrefix("["), literal.hasSuffix("]") { literal = String(literal.dropFirst().dropLast()) }
        if let zone = literal.firstIndex(of: "%") { literal = String(literal[..<zone]) }
        var four = in_addr()
        if inet_pton(AF_INET, literal, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, literal, &six) == 1 else { return nil }
        bytes = withUnsafeBytes(of: six) { Array($0) }
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    package var kind: Kind { bytes.count == 4 ? Self.kind(ofFour: bytes) : kindOfSix }

    private static func kind(ofFour bytes: [UInt8]) -> Kind {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (127, _, _): .loopback
        case (10, _, _), (172, 16...31, _), (192, 168, _): .private
        case (169, 254, _): .linkLocal
        case (224...239, _, _): .multicast
        case (0, _, _), (240...255, _, _): .special
        // Carrier-grade NAT (RFC 6598).
        case (100, 64...127, _): .private
        // IETF protocols, documentation (RFC 5737), the old 6to4 relay, benchmarking (RFC 2544).
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100), (203, 0, 113): .special
        default: .public
        }
    }

    private var kindOfSix: Kind {
        if bytes.dropLast().allSatisfy({ $0 == 0 }) {
            if bytes[15] == 0 { return .special }
            if bytes[15] == 1 { return .loopback }
        }
        if let inner = embedded { return Self.kind(ofFour: inner) }
        switch (bytes[0], bytes[1]) {
        case (0xFE, 0x80...0xBF): return .linkLocal
        case (0xFE, 0xC0...0xFF), (0xFC...0xFD, _): return .private
        case (0xFF, _): return .multicast
        // Teredo, ORCHID, documentation and the other blocks below 2001::/23; 3fff::/20 is for documentation too.
        case (0x20, 0x01) where bytes[2] < 2 || (bytes[2] == 0x0D && bytes[3] == 0xB8): return .special
        case (0x3F, 0xFF) where bytes[2] < 0x10: return .special
        // 6to4 (RFC 7526 took it out of use).
        case (0x20, 0x02): return .special
        // Only 2000::/3 is given out.
        case (0x20...0x3F, _): return .public
        default: return .special
        }
    }

    /// The IPv4 address inside, where calling this one is calling that one: mapped, or NAT64 (RFC 6052).
    ///
    /// 6to4 and Teredo have one inside too, but their relays lead anywhere, and nobody serves pictures there.
    private var embedded: [UInt8]? {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        guard bytes.starts(with: mapped) || bytes.starts(with: translated) else { return nil }
        return Array(bytes[12...])
    }
}
