package import TipinFiles

/// Why bytes did not become an asset.
package enum ImportError: Error, Sendable, Equatable {
    case empty
    /// What the bytes look like, in words.
    case notAnImage(String)
    case typeNotAllowed(FileType)
    case svgRefused
    /// Bytes, both; the size is `nil` where only the limit is known to be exceeded.
    case tooLarge(size: Int?, limit: Int)
    /// A stream that had another number of bytes than it was said to have.
    case cutShort(expected: Int, found: Int)
    /// There is nobody to decode a picture that was never seen before.
    case noImageWorker
    case digestMismatch(expected: SHA256Digest, found: SHA256Digest)
    /// A file named by the user that cannot be read.
    case unreadable(FileError)
    case notAFile(path: String)
    /// A file that is no picture was to be one, in a role that shows it.
    case notShown(role: String)
    /// Nobody knows in which book the asset is.
    case noBook
}
