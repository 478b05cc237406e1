/// Which copy of an asset: in which book, at which remote.
package struct UploadKey: Sendable, Hashable {
    package var assetID: String
    package var bookID: String
    /// The remote's name.
    package var remote: String

    package init(assetID: String, bookID: String, remote: String) {
        self.assetID = assetID
        self.bookID = bookID
        self.remote = remote
    }
}
