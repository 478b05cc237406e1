internal import Glibc
internal import TipinJSON

/// A `data:` URL where it stands in its document: one of many megabytes is not copied to be passed on.
package struct InlineAddress: Sendable, Hashable {
    private let document: [UInt8]
    private let range: Range<Int>
    /// Of all bytes, made once.
    private let hash: UInt64

    /// - Parameter range: of bytes that are the address as they stand there, without escapes.
    init(_ document: [UInt8], _ range: Range<Int>) {
        self.document = document
        self.range = range
        hash = document.withUnsafeBytes { Self.hash(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try document.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    package static func == (left: Self, right: Self) -> Bool {
        guard left.hash == right.hash, left.range.count == right.range.count else { return false }
        return left.withBytes { left in
            right.withBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, left.count) == 0
            }
        }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// Another in every process, so that nobody can write a document of addresses that are hard to tell apart.
    private static let seeds = SIMD4<UInt64>.random(in: 1 ... .max)

    /// Four words at a time: `Hasher` would take as long as all else that is done with an address.
    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes = (seeds[0], seeds[1], seeds[2], seeds[3])
        var position = 0
        func mixed(_ lane: UInt64, _ offset: Int) -> UInt64 {
            let word = bytes.loadUnaligned(fromByteOffset: position + offset, as: UInt64.self)
            let product = (lane ^ word).multipliedFullWidth(by: seeds[0] | 1)
            return product.high ^ product.low
        }
        while position + 32 <= bytes.count {
            lanes = (mixed(lanes.0, 0), mixed(lanes.1, 8), mixed(lanes.2, 16), mixed(lanes.3, 24))
            position += 32
        }
        var hasher = Hasher()
        hasher.combine(lanes.0)
        hasher.combine(lanes.1)
        hasher.combine(lanes.2)
        hasher.combine(lanes.3)
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[position...]))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

extension CollectedDocument {
    /// The address of a mention that says where its picture is by a `data:` URL alone; `nil` for any other, and for one
    /// that is written with escapes, in other letters or with white space around it.
    package func inlineAddress(of mention: Mention) -> InlineAddress? {
        guard mention.form == .dataURL else { return nil }
        let address = bytes.withUnsafeBufferPointer { document -> Range<Int>? in
            let token = document[mention.value.range]
            // In a text inside a string the quotes have backslashes before them.
            let quote = token.prefix { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
            let address = token.dropFirst(quote.count).dropLast(quote.count)
            guard token.suffix(quote.count).elementsEqual(quote), address.starts(with: "data:".utf8),
                let last = address.last, last > 0x20, let base = document.baseAddress,
                memchr(base + address.startIndex, Int32(UInt8(ascii: "\\")), address.count) == nil
            else { return nil }
            return address.indices
        }
        return address.map { InlineAddress(bytes, $0) }
    }
}
