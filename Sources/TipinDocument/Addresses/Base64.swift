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

    /// The bytes of a text with nothing but the alphabet and right padding, which is not copied first; `nil` for any
    /// other, which may be base64 all the same.
    static func decoded(plain text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var padding = 0
        while padding < min(2, text.count), text[text.count - 1 - padding] == UInt8(ascii: "=") { padding += 1 }
        guard padding == 0 || text.count % 4 == 0 else { return nil }
        return decodedPlain(UnsafeBufferPointer(rebasing: text[..<(text.count - padding)]))
    }

    private static func decodedPlain(_ plain: [UInt8]) -> [UInt8]? {
        plain.withUnsafeBufferPointer(decodedPlain)
    }

    private static func decodedPlain(_ plain: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard plain.count % 4 != 1 else { return nil }
        var isValid = true
        let output = [UInt8](unsafeUninitializedCapacity: plain.count / 4 * 3 + 3) { buffer, count in
            table.withUnsafeBufferPointer { table in
                isValid = decode(plain, table, into: buffer, &count)
            }
        }
        return isValid ? output : nil
    }

    /// - Returns: `false` where a byte is none of the alphabet.
    private static func decode(
        _ plain: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt32>,
        into buffer: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) -> Bool {
        let output = UnsafeMutableRawBufferPointer(buffer)
        let whole = plain.count / 4 * 4
        var position = 0
        var wrong: UInt32 = 0
        while position < whole {
            let group =
                table[Int(plain[position])] | table[256 + Int(plain[position + 1])]
                | table[512 + Int(plain[position + 2])] | table[768 + Int(plain[position + 3])]
            wrong |= group
            // Its fourth byte is where the next group begins.
            output.storeBytes(of: group.littleEndian, toByteOffset: count, as: UInt32.self)
            count += 3
            position += 4
        }
        var rest: UInt32 = 0
        for place in 0..<(plain.count - whole) { rest |= table[place * 256 + Int(plain[whole + place])] }
        wrong |= rest
        if plain.count - whole >= 2 {
            buffer[count] = UInt8(truncatingIfNeeded: rest)
            if plain.count - whole == 3 { buffer[count + 1] = UInt8(truncatingIfNeeded: rest >> 8) }
            count += plain.count - whole - 1
        }
        return wrong & noValue == 0
    }

    /// Without white space, and without the padding where it is right; `nil` where it is wrong.
    private static func withoutPadding(_ text: some Collection<UInt8>) -> [UInt8]? {
        var plain = Array(text)
        if plain.contains(where: { $0 <= 0x20 }) {
            plain.removeAll { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0C || $0 == 0x0D }
        }
        var padding = 0
        while padding < plain.count, plain[plain.count - 1 - padding] == UInt8(ascii: "=") { padding += 1 }
        guard padding > 0 else { return plain }
        guard padding <= 2, plain.count % 4 == 0 else { return nil }
        return plain.dropLast(padding)
    }

    /// What a byte adds to the three that four of text stand for, the first of them lowest: for each byte in the first
    /// place, then in the second, third and fourth.
    private static let table: [UInt32] = {
        var table = [UInt32](repeating: noValue, count: 4 * 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            for place in 0..<4 {
                table[place * 256 + Int(byte)] = (UInt32(value) << UInt32(26 - 6 * place)).byteSwapped
            }
        }
        return table
    }()

    /// Marks what is not in the alphabet: a bit above the three bytes.
    private static let noValue: UInt32 = 1 << 31
}
