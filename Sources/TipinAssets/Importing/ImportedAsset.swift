package import TipinDiagnostics

/// An asset that the catalog knows now.
package struct ImportedAsset: Sendable, Equatable {
    package var asset: Asset
    /// Whether the catalog knew these bytes before.
    package var wasKnown: Bool
    /// Where the book's entry lies, relative to the data folder.
    package var relativePath: String
    /// `type-mismatch`, where the name promised another kind of file.
    package var mismatch: Problem?
}
