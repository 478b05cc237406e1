internal import TipinAssets
internal import TipinDiagnostics
public import TipinDocument

/// Bytes that are an asset now, and what is to be looked at in them.
public struct AddedAsset: Sendable, Equatable {
    /// What a document says of the asset, with this machine's `localPath`.
    public let reference: FileRef
    /// Such as a position that a known picture still has.
    public let warnings: [AssetWarning]

    init(reference: FileRef, warnings: [Problem]) {
        self.reference = reference
        self.warnings = warnings.map(AssetWarning.init)
    }
}
