internal import CZlib

/// What stands compressed in a picture's metadata (RFC 1950): taken apart no further than a reader would.
enum ZlibStream {
    /// Bytes: libpng and those that read with it refuse a text of 8 MB and more.
    static let limit = 8_000_000

    /// - Returns: `nil` for what is no whole stream, or would be longer than `limit`.
    static func inflated(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var capacity = max(4096, min(limit, bytes.count * 8))
        while true {
            var outcome = Z_OK
            let result = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
                var count = uLongf(capacity)
                outcome = bytes.withUnsafeBufferPointer { source in
                    // Safe because both counts are those of the memory, which stays for the call.
                    uncompress(buffer.baseAddress, &count, source.baseAddress, uLong(source.count))
                }
                filled = outcome == Z_OK ? Int(count) : 0
            }
            if outcome == Z_OK { return result }
            guard outcome == Z_BUF_ERROR, capacity < limit else { return nil }
            capacity = min(limit, capacity * 4)
        }
    }

    /// A stream of one block that is not compressed.
    /// - Parameter bytes: at most 65,535.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        let checksum = bytes.withUnsafeBufferPointer { source in
            // Safe because the count is that of the memory, which stays for the call.
            adler32(1, source.baseAddress, uInt(source.count))
        }
        return [0x78, 0x01, 0x01] + withUnsafeBytes(of: count.littleEndian, Array.init)
            + withUnsafeBytes(of: (~count).littleEndian, Array.init) + bytes
            + withUnsafeBytes(of: UInt32(truncatingIfNeeded: checksum).bigEndian, Array.init)
    }
}
