/// An asset that clean-up may be about: what it is and when it was last of use.
package struct UnusedAsset: Sendable, Equatable {
    package var id: String
    package var sha256: SHA256Digest
    /// Bytes.
    package var size: Int
    /// When it was made, changed, linked or used last, in milliseconds since 1970; `nil` where no time can be read, so
    /// that its age is not known.
    package var lastUse: Int64?

    package init(id: String, sha256: SHA256Digest, size: Int, lastUse: Int64?) {
        self.id = id
        self.sha256 = sha256
        self.size = size
        self.lastUse = lastUse
    }
}
