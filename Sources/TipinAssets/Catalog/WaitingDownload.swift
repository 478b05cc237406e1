/// An asset that a document names and whose bytes were never here, with what the document tells of it.
package struct WaitingDownload: Sendable, Equatable {
    package var sha256: SHA256Digest
    package var book: String
    package var remoteURL: String?
    /// The id by which the document knows it.
    package var assetID: String?
    package var remoteID: String?
    package var mime: String?
    package var width: Int?
    package var height: Int?

    package init(
        sha256: SHA256Digest, book: String, remoteURL: String? = nil, assetID: String? = nil, remoteID: String? = nil,
        mime: String? = nil, width: Int? = nil, height: Int? = nil
    ) {
        self.sha256 = sha256
        self.book = book
        self.remoteURL = remoteURL
        self.assetID = assetID
        self.remoteID = remoteID
        self.mime = mime
        self.width = width
        self.height = height
    }
}
