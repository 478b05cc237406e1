package import TipinAssets
internal import TipinDocument

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

extension ToldAsset {
    /// The same, with the texts that the row has too held in memory once: a run keeps both for each picture.
    func sharingTexts(of row: Asset) -> ToldAsset {
        var told = self
        told.id.shareBytes(of: row.id)
        told.mime?.shareBytes(of: row.mime)
        told.remoteID?.shareBytes(of: row.remoteID)
        told.remoteURL?.shareBytes(of: row.remoteURL)
        told.localPath?.shareBytes(of: row.localPath)
        return told
    }
}
