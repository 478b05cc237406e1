internal import Crypto

/// The SHA-256 of some bytes: 32 bytes, written as 64 lower-case hexadecimal digits.
package struct SHA256Digest: Sendable, Hashable {
    /// The digest in four big-endian words.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SHA256Digest(of: $0) }
    }

    package init(of bytes: UnsafeRawBufferPointer) {
        self.init(SHA256.hash(data: bytes))
    }

    /// - Parameter hex: 64 hexadecimal digits of either case; anything else gives `nil`.
    package init?(_ hex: String) {
        var hex = hex
        guard let digest = hex.withUTF8({ SHA256Digest(hex: $0) }) else { return nil }
        self = digest
    }

    /// - Parameter digits: as UTF-8.
    init?(hex digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 64, let first = Self.word(digits, 0), let second = Self.word(digits, 16),
            let third = Self.word(digits, 32), let last = Self.word(digits, 48)
        else { return nil }
        words = (first, second, third, last)
    }

    private static func word(_ digits: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64? {
        var word: UInt64 = 0
        for index in start..<(start + 16) {
            guard let value = value(ofDigit: digits[index]) else { return nil }
            word = word << 4 | value
        }
        return word
    }

    init(_ digest: SHA256.Digest) {
        words = digest.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
        }
    }

    /// Its first 16 bytes, as one big-endian number.
    package var firstHalf: UInt128 { UInt128(words.0) << 64 | UInt128(words.1) }

    package static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    /// Of a hexadecimal digit of either case, as ASCII; `nil` for anything else.
    package static func value(ofDigit digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension SHA256Digest: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}

extension SHA256Digest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String {
        String(unsafeUninitializedCapacity: 64) { buffer in
            for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
                for place in 0..<16 {
                    let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - place * 4)) & 15
                    buffer[index * 16 + place] = digit < 10 ? 0x30 + digit : 0x57 + digit
                }
            }
            return 64
        }
    }
}
