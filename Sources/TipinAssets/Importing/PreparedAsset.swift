package import TipinDiagnostics

/// Bytes that were looked at and stand in their place, of which the catalog does not know yet.
package struct PreparedAsset: Sendable, Equatable {
    /// The digest of the stored bytes.
    package var sha256: SHA256Digest { asset.sha256 }
    /// The digest of the bytes as they were found; `nil` where they came back from a place that had stored them.
    package var sourceSHA256: SHA256Digest?
    package var book: String
    /// Where the book's entry lies, relative to the data folder.
    package var relativePath: String
    /// What is to be looked at: a name that promised another kind of file, metadata that stays, thumbnails not made.
    package var warnings: [Problem]
    var asset: NewAsset
    var rule: MetadataRule
    var batch: BlobBatch
    /// Those that were made now.
    var thumbnails: [Thumbnail] = []
}
