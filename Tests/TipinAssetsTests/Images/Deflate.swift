import TipinTestPictures

/// Streams of zlib (RFC 1950, 1951) that are small and become large.
enum Deflate {
    /// `count` zeros: one, and then copies of 258 of what stands one place before.
    static func zeros(count: Int) -> [UInt8] {
        var bits = Bits()
        bits.append(0b011, 3)  // The last block, with the fixed codes, the lowest bit first.
        let copies = max(0, count - 1) / 258
        for _ in 0..<max(0, count - copies * 258) { bits.appendCode(0x30, 8) }
        for _ in 0..<copies {
            bits.appendCode(0b1100_0101, 8)  // Length 258.
            bits.appendCode(0, 5)  // Distance 1.
        }
        bits.appendCode(0, 7)
        return [0x78, 0x01] + bits.bytes + TestPicture.big((count % 65521) << 16 | 1, 4)
    }

    private struct Bits {
        private(set) var bytes: [UInt8] = []
        private var used = 8

        mutating func append(_ value: Int, _ count: Int) {
            for index in 0..<count {
                if used == 8 {
                    bytes.append(0)
                    used = 0
                }
                bytes[bytes.count - 1] |= UInt8(value >> index & 1) << UInt8(used)
                used += 1
            }
        }

        /// Codes stand with their highest bit first.
        mutating func appendCode(_ code: Int, _ count: Int) {
            for index in (0..<count).reversed() { append(code >> index & 1, 1) }
        }
    }
}
