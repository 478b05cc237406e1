/// A PNG of noise (ISO/IEC 15948), so that each is another and none can be compressed.
enum NoisePicture {
    /// - Parameter side: pixels; three bytes each.
    static func png(_ seed: UInt64, side: Int) -> [UInt8] {
        var random = Splitmix(seed: seed)
        var rows: [UInt8] = []
        for _ in 0..<side {
            rows.append(0)
            for _ in 0..<(side * 3) { rows.append(UInt8(truncatingIfNeeded: random.next())) }
        }
        var header = bigEndian(UInt32(side)) + bigEndian(UInt32(side))
        header += [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", stored(rows))
            + chunk("IEND", [])
    }

    /// Uncompressed blocks of a zlib stream (RFC 1950, RFC 1951).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var position = 0
        while position < bytes.count {
            let length = min(65_535, bytes.count - position)
            result.append(position + length == bytes.count ? 1 : 0)
            for word in [UInt16(length), ~UInt16(length)] {
                result += [UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8)]
            }
            result += bytes[position..<(position + length)]
            position += length
        }
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return result + bigEndian(high << 16 | low)
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in body { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
        return bigEndian(UInt32(data.count)) + body + bigEndian(~sum)
    }

    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}
