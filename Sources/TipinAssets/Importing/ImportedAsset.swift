package import TipinDiagnostics

/// An asset that the catalog knows now.
package struct ImportedAsset: Sendable, Equatable {
    package var asset: Asset
    /// Whether the catalog knew these bytes before.
    package var wasKnown: Bool
    /// Where the book's entry lies, relative to the data folder.
    package var relativePath: String
    /// What is to be looked at: a name that promised another kind of file, metadata that stays, thumbnails not made.
    package var warnings: [Problem]
}
