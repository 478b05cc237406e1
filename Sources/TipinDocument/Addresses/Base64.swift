/// Forgiving base64 (WHATWG Infra, "forgiving-base64 decode"): white space anywhere, padding optional.
package enum Base64 {
    /// The bytes; `nil` where the text is not base64.
    package static func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
        withoutPadding(text).flatMap(decodedPlain)
    }

    /// The bytes of a text that may use the URL-safe alphabet (RFC 4648, 5), also mixed with the other: legacy
    /// documents have it, and no picture reads both ways.
    package static func decoded(urlSafe text: some Collection<UInt8>) -> [UInt8]? {
        let plain = withoutPadding(text)?.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        return plain.flatMap(decodedPlain)
    }

    private static func decodedPlain(_ plain: [UInt8]) -> [UInt8]? {
        guard plain.count % 4 != 1 else { return nil }
        var isValid = true
        let output = [UInt8](unsafeUninitializedCapacity: plain.count / 4 * 3 + 3) { buffer, count in
            var bits: UInt32 = 0
            var pending = 0
            for byte in plain {
                let value = table[Int(byte)]
                guard value < 64 else {
                    isValid = false
                    break
                }
                bits = bits << 6 | UInt32(value)
                pending += 1
                if pending == 4 {
                    buffer[count] = UInt8(truncatingIfNeeded: bits >> 16)
                    buffer[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                    buffer[count + 2] = UInt8(truncatingIfNeeded: bits)
                    count += 3
                    pending = 0
                }
            }
            if pending >= 2 {
                bits <<= UInt32(6 * (4 - pending))
                buffer[count] = UInt8(truncatingIfNeeded: bits >> 16)
                if pending == 3 { buffer[count + 1] = UInt8(truncatingIfNeeded: bits >> 8) }
                count += pending - 1
            }
        }
        return isValid ? output : nil
    }

    /// Without white space, and without the padding where it is right; `nil` where it is wrong.
    private static func withoutPadding(_ text: some Collection<UInt8>) -> [UInt8]? {
        var plain = [UInt8]()
        plain.reserveCapacity(text.count)
        for byte in text where byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0C && byte != 0x0D {
            plain.append(byte)
        }
        var padding = 0
        while padding < plain.count, plain[plain.count - 1 - padding] == UInt8(ascii: "=") { padding += 1 }
        guard padding > 0 else { return plain }
        guard padding <= 2, plain.count % 4 == 0 else { return nil }
        return plain.dropLast(padding)
    }

    /// 64 for what is not in the alphabet.
    private static let table: [UInt8] = {
        var table = [UInt8](repeating: 64, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            table[Int(byte)] = UInt8(value)
        }
        return table
    }()
}
