/// A hash of bytes that is the same in every process and however they are cut: it tells versions of one document
/// apart, and proves nothing against somebody who wants two to be alike.
package struct ByteHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    private var count = 0
    /// Of the bytes that do not fill a word yet.
    private var rest: UInt64 = 0
    private var restCount = 0

    package init() {}

    static func of(_ bytes: [UInt8]) -> UInt64 {
        var hash = ByteHash()
        hash.update(bytes)
        return hash.value
    }

    /// Eight bytes at a time, multiplied and folded as in FNV and MurmurHash.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while restCount > 0, offset < buffer.count {
                take(buffer[offset])
                offset += 1
            }
            while offset + 8 <= buffer.count {
                mix(buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
                offset += 8
            }
            while offset < buffer.count {
                take(buffer[offset])
                offset += 1
            }
        }
        count += bytes.count
    }

    /// Of all bytes so far; never 0.
    var value: UInt64 {
        var last = self
        last.mix(rest)
        last.mix(UInt64(count))
        return last.state == 0 ? 1 : last.state
    }

    private mutating func take(_ byte: UInt8) {
        rest |= UInt64(byte) << (8 * UInt64(restCount))
        restCount += 1
        guard restCount == 8 else { return }
        mix(rest)
        (rest, restCount) = (0, 0)
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
        state = product ^ (product >> 29)
    }
}
