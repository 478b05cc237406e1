/// Something that lies below `books` in the data folder.
package enum StoredEntry: Sendable, Equatable {
    case blob(Blob)
    /// A smaller picture beside a blob; where it lies, relative to the data folder.
    case thumbnail(path: String)
    /// What tipin puts nothing like there: a link, a pipe, another name. Why, in words.
    case stray(path: String, words: String)

    /// The bytes of an asset, as their name says.
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
