/// Finds which of many texts stand in another, wherever and with whatever around them, in one pass over it.
struct TextSearch: Sendable {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// The bytes of a place by which is told whether any of the texts can begin there.
    private let prefixLength: Int
    /// The lengths of the texts that begin so.
    private var lengths: [UInt64: [Int]] = [:]
    /// By the upper bits of a hash of their beginnings, because most places begin none of them.
    private var mayBegin: [Bool]

    /// - Parameter texts: empty ones are never found.
    init(_ texts: some Sequence<String>) {
        let texts = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
        prefixLength = min(texts.map(\.count).min() ?? 0, MemoryLayout<UInt64>.size)
        mayBegin = Array(repeating: false, count: 1 << Self.hashBits)
        for text in texts {
            let prefix = text.prefix(prefixLength).reduce(0) { $0 << 8 | UInt64($1) }
            mayBegin[Self.hash(prefix)] = true
            if lengths[prefix]?.contains(text.count) != true { lengths[prefix, default: []].append(text.count) }
        }
    }

    /// Gives each part of a text that may be one of those that are looked for: it begins as one of them that is as
    /// long. A part that goes on as a word with a letter or a digit is none: `a-1` does not stand in `a-10`.
    func forEachCandidate(in text: Text, _ body: (Text) -> Void) {
        guard prefixLength > 0 else { return }
        let mask = UInt64.max >> (64 - 8 * UInt64(prefixLength))
        var prefix: UInt64 = 0
        for (index, byte) in text.enumerated() {
            prefix = (prefix << 8 | UInt64(byte)) & mask
            let start = index + 1 - prefixLength
            guard start >= 0, mayBegin[Self.hash(prefix)], let lengths = lengths[prefix] else { continue }
            for length in lengths where length <= text.count - start {
                let end = start + length
                if end < text.count, Self.isAlphanumeric(text[end - 1]), Self.isAlphanumeric(text[end]) { continue }
                body(Text(rebasing: text[start..<end]))
            }
        }
    }

    private static let hashBits = 16

    private static func hash(_ prefix: UInt64) -> Int {
        // Fibonacci hashing: the upper bits depend on all of them.
        Int((prefix &* 0x9E37_79B9_7F4A_7C15) >> (64 - UInt64(hashBits)))
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
