/// Ids of assets that tipin makes: a UUID version 8 (RFC 9562, 5.8) of the first 16 bytes of the stored bytes' SHA-256,
/// so that two devices which import the same picture agree on its id.
package enum AssetID {
    /// The id of the bytes with this digest: 36 lower-case characters.
    package static func derived(from digest: SHA256Digest) -> String {
        var bytes = digest.bytes.prefix(16).map { $0 }
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(bytes)
    }

    /// Whether the id has the shape of a derived one: a UUID with version 8 and RFC 9562's variant, in either case.
    package static func isDerived(_ id: String) -> Bool {
        var id = id
        return id.withUTF8 { characters in
            guard characters.count == 36, characters[14] == UInt8(ascii: "8") else { return false }
            for (index, character) in characters.enumerated() {
                switch (index, character | 0x20) {
                case (8, _), (13, _), (18, _), (23, _): if character != UInt8(ascii: "-") { return false }
                case (_, UInt8(ascii: "a")...UInt8(ascii: "f")): break
                default: if !(0x30...0x39 ~= character) { return false }
                }
            }
            return "89abAB".utf8.contains(characters[19])
        }
    }

    /// Whether the id is the one that bytes with this digest get.
    package static func matches(_ id: String, _ digest: SHA256Digest) -> Bool {
        id.lowercased() == derived(from: digest)
    }
}

extension AssetID {
    /// A random UUID version 4, for the rare case that the derived id is taken.
    static func random() -> String {
        var words = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        words.0 = words.0 & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        words.1 = words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let bytes = [words.0, words.1].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
        }
        return text(bytes)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                for digit in [byte >> 4, byte & 15] {
                    buffer[position] = digit < 10 ? 0x30 + digit : 0x57 + digit
                    position += 1
                }
            }
            return position
        }
    }
}
