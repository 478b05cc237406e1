package import TipinAssets

/// What a document says of an asset by itself: a FileRef or an entry of a manifest.
package struct ToldAsset: Sendable, Equatable {
    package var id: String
    package var sha256: SHA256Digest
    package var role: String?
    package var mime: String?
    package var remoteID: String?
    package var remoteURL: String?
    package var localPath: String?
    /// Whether it is a picture whose width or height is not told.
    package var lacksSize = false
}
