package import TipinAssets

/// The bytes of a file, told by their digest.
package struct FileState: Sendable, Hashable, Codable {
    package var sha256: SHA256Digest
    /// Bytes.
    package var size: Int

    init(sha256: SHA256Digest, size: Int) {
        self.sha256 = sha256
        self.size = size
    }

    package init(of bytes: [UInt8]) {
        sha256 = SHA256Digest(of: bytes)
        size = bytes.count
    }

    /// Whether these are the bytes.
    package func holds(of bytes: [UInt8]) -> Bool { bytes.count == size && SHA256Digest(of: bytes) == sha256 }
}
