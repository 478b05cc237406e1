/// An asset that another one took the place of: documents that mention it are rewritten to the other one (RULES 3 "New
/// ids").
package struct Replacement: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// `assets replace`: a person put another picture in its place.
        case replace
        /// `assets restrip`: the same picture, with less metadata.
        case restrip
    }

    /// The digest of the stored bytes of the old one: it is known by them even when its row is gone.
    package var oldSHA256: SHA256Digest
    package var oldAssetID: String
    package var newAssetID: String
    /// The book in whose documents it holds; `nil` for those of every book.
    package var book: String?
    package var reason: Reason

    package init(
        oldSHA256: SHA256Digest, oldAssetID: String, newAssetID: String, book: String? = nil, reason: Reason
    ) {
        self.oldSHA256 = oldSHA256
        self.oldAssetID = oldAssetID
        self.newAssetID = newAssetID
        self.book = book
        self.reason = reason
    }
}
