/// Something that lies below `books` in the data folder.
package enum StoredEntry: Sendable, Equatable {
    case blob(Blob)
    /// A smaller picture in a blob's folder; the digest is the blob's.
    case thumbnail(Blob)
    /// What tipin puts nothing like there: a link, a pipe, another name. Why, in words.
    case stray(path: String, words: String)

    /// A file in the folder that is named for an asset's digest.
    package struct Blob: Sendable, Equatable {
        /// The folder of the book, which is not its id.
        package var bookFolder: String
        package var digest: SHA256Digest
        /// Relative to the data folder.
        package var path: String
        /// Bytes.
        package var size: Int
    }
}
