internal import Crypto
internal import TipinFiles

/// A SHA-256 in the making, told as 64 lower-case hexadecimal digits.
package struct SHA256Hex {
    private var hash = SHA256()

    mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

    consuming func finish() -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in hash.finalize() { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Of bytes in memory.
    package static func digest(of bytes: [UInt8]) -> String {
        var hash = SHA256Hex()
        hash.update(bytes)
        return hash.finish()
    }

    /// From the file's present position to its end.
    static func digest(of file: borrowing OpenFile) throws(FileError) -> String {
        var hash = SHA256Hex()
        while true {
            let chunk = try file.readChunk(upTo: chunkSize)
            if chunk.isEmpty { return hash.finish() }
            hash.update(chunk)
        }
    }

    /// Bytes read at a time.
    static let chunkSize = 1 << 20
}
