/// A blob to be sent for one book.
package struct UploadItem: Sendable {
    package var bookID: String
    /// 64 lower-case hexadecimal digits.
    package var sha256: String
    /// File name extension without its dot.
    package var ext: String
    package var mime: String
    /// Bytes.
    package var size: Int
    /// Absolute path of the verified blob.
    package var path: String
    /// The asset's roles in the book, cover first (RULES "Links").
    package var tags: [String]
    package var description: String?

    package init(
        bookID: String, sha256: String, ext: String, mime: String, size: Int, path: String, tags: [String],
        description: String?
    ) {
        self.bookID = bookID
        self.sha256 = sha256
        self.ext = ext
        self.mime = mime
        self.size = size
        self.path = path
        self.tags = tags
        self.description = description
    }
}
