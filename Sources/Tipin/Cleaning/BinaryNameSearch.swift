internal import TipinAssets

/// Finds which of many UUIDs and digests stand in what an app stores, as hexadecimal digits of either case with dashes
/// or without, or as the bytes that these stand for.
///
/// Each is a number of 128 bits: a digest's first half is as sure as all of it, and an app may keep no more of it.
struct BinaryNameSearch {
    typealias Text = UnsafeBufferPointer<UInt8>

    private let names: Set<UInt128>
    /// By the upper bits of a hash of them, because most places have none of them.
    private var mayContain: [Bool]
    private let hashBits: UInt64

    init(_ names: Set<UInt128>) {
        self.names = names
        // Few places of many are there by chance, however many names there are.
        hashBits = UInt64(UInt64.bitWidth - names.count.leadingZeroBitCount + 4)
        mayContain = Array(repeating: false, count: 1 << Int(hashBits))
        for name in names { mayContain[hash(name)] = true }
    }

    /// - Returns: `nil` for what is no UUID.
    static func name(ofUUID text: String) -> UInt128? {
        var (name, count): (UInt128, Int) = (0, 0)
        for byte in text.utf8 where byte != UInt8(ascii: "-") {
            guard let digit = SHA256Digest.value(ofDigit: byte) else { return nil }
            name = name << 4 | UInt128(digit)
            count += 1
        }
        return count == digitCount ? name : nil
    }

    static func name(of digest: SHA256Digest) -> UInt128 { digest.firstHalf }

    /// Gives each of them that stands in a text in digits.
    func forEachName(inDigitsOf text: Text, _ body: (UInt128) -> Void) {
        guard !names.isEmpty else { return }
        var (name, count): (UInt128, Int) = (0, 0)
        for byte in text {
            if let digit = SHA256Digest.value(ofDigit: byte) {
                name = name << 4 | UInt128(digit)
                count += 1
                if count >= Self.digitCount { give(name, body) }
            } else if byte != UInt8(ascii: "-") {
                count = 0
            }
        }
    }

    /// Gives each of them that stands among some bytes.
    func forEachName(inBytes bytes: Text, _ body: (UInt128) -> Void) {
        guard !names.isEmpty else { return }
        var name: UInt128 = 0
        for (index, byte) in bytes.enumerated() {
            name = name << 8 | UInt128(byte)
            if index >= Self.digitCount / 2 - 1 { give(name, body) }
        }
    }

    private static let digitCount = 32

    private func give(_ name: UInt128, _ body: (UInt128) -> Void) {
        if mayContain[hash(name)], names.contains(name) { body(name) }
    }

    private func hash(_ name: UInt128) -> Int {
        // Fibonacci hashing: the upper bits depend on all of them.
        let mixed = UInt64(truncatingIfNeeded: name ^ name >> 64) &* 0x9E37_79B9_7F4A_7C15
        return Int(mixed >> (64 - hashBits))
    }
}
