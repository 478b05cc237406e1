/// A hash of bytes that is the same in every process: it tells versions of one document apart, and proves nothing
/// against somebody who wants two to be alike.
enum ByteHash {
    /// Eight bytes at a time, multiplied and folded as in FNV and MurmurHash; never 0.
    static func of(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        bytes.withUnsafeBytes { buffer in
            let whole = buffer.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                hash = mix(hash, buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
            }
            for byte in buffer[whole...] { hash = mix(hash, UInt64(byte)) }
        }
        return hash == 0 ? 1 : hash
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ (product >> 29)
    }
}
