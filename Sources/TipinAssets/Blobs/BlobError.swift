package import TipinFiles

/// Why a blob could not be read or stored.
package enum BlobError: Error, Sendable, Equatable {
    case missing(path: String)
    /// Its bytes are not those that its name says; where it was moved to.
    case damaged(path: String, movedTo: String)
    /// It has more bytes than may be read.
    case tooLarge(path: String, limit: Int)
    /// A book's id that cannot name a folder: empty, `.` or `..`.
    case bookUnusable(String)
    /// An extension that tipin does not store.
    case extensionUnknown(String)
    /// Less space than writing safely takes, in bytes.
    case outOfSpace(needed: Int, available: Int)
    case file(FileError)
}
