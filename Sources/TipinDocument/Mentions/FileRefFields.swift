/// The members that tipin reads and writes in FileRefs, in the order in which new ones are written.
package enum FileRefFields {
    package static let assetID = "assetId"
    package static let sha256 = "sha256"
    package static let role = "role"
    package static let mime = "mime"
    package static let width = "width"
    package static let height = "height"
    package static let remoteID = "remoteId"
    package static let remoteURL = "remoteUrl"
    package static let localPath = "localPath"

    /// Those that lead to the bytes, in the order in which they are tried.
    static let addresses = [localPath, remoteURL]

    /// The digest in lower case; `nil` where it is not 64 hexadecimal digits.
    package static func digest(_ text: String) -> String? {
        guard text.utf8.count == 64, text.utf8.allSatisfy(isHexadecimal) else { return nil }
        return text.utf8.contains { $0 < 0x60 && $0 > 0x40 } ? text.lowercased() : text
    }

    /// Whether bytes are the 64 digits of a digest.
    static func isDigest(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count, isHexadecimal(bytes[index]) { index += 1 }
        return index == 64 && bytes.count == 64
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
