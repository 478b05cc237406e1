internal import TipinDocument

/// An id that a document gave an asset by itself: it means something in that document only (RULES "Identity").
struct AssetAlias: Hashable, Sendable {
    var id: ByteKey
    var book: ByteKey
    /// What names the document in the catalog.
    var document: ByteKey
}
