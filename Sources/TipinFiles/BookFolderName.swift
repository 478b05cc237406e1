/// A book's id as the name of a folder: safe in every path, and different for different ids (DESIGN "Blobs").
package struct BookFolderName: Sendable, Hashable {
    package let text: String

    /// Bytes outside `[A-Za-z0-9_-]` become `%XX`; a name over 200 bytes is cut to its first 100 and `~` with the first
    /// 32 hexadecimal digits of its SHA-256.
    /// - Parameter sha256Hex: the digest of bytes as 64 lower-case hexadecimal digits.
    /// - Returns: `nil` for an id that names no folder: empty, `.` or `..`.
    package init?(_ bookID: String, sha256Hex: ([UInt8]) -> String) {
        guard !bookID.isEmpty, bookID != ".", bookID != ".." else { return nil }
        var name = ""
        for byte in bookID.utf8 {
            if Self.isPlain(byte) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        if name.utf8.count > 200 {
            name = String(name.prefix(100)) + "~" + sha256Hex(Array(bookID.utf8)).prefix(32)
        }
        text = name
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
