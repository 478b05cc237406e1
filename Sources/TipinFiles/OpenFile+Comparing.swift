internal import Glibc

extension OpenFile {
    private static var chunk: Int { 1 << 20 }

    /// Whether these and no others are its bytes from the present position on.
    func holds(_ bytes: [UInt8]) throws(FileError) -> Bool {
        guard try status().size == bytes.count else { return false }
        var position = 0
        while true {
            let read = try readChunk(upTo: min(Self.chunk, bytes.count + 1))
            if read.isEmpty { return position == bytes.count }
            guard position + read.count <= bytes.count else { return false }
            let isEqual = bytes.withUnsafeBytes { all in
                // Safe because neither is empty.
                read.withUnsafeBytes { memcmp(all.baseAddress! + position, $0.baseAddress!, $0.count) == 0 }
            }
            guard isEqual else { return false }
            position += read.count
        }
    }

    /// `ByteHash` of its bytes from the present position on.
    func byteHash() throws(FileError) -> UInt64 {
        var hash = ByteHash()
        while true {
            let bytes = try readChunk(upTo: Self.chunk)
            if bytes.isEmpty { return hash.value }
            hash.update(bytes)
        }
    }
}
