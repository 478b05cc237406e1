internal import TipinDocument

/// Rows that one read of the catalog fetched before they were asked for, many with one statement. What is missing there
/// was looked for.
final class FetchedRows {
    var assets: [SHA256Digest: Asset?] = [:]
    /// By the asset's id.
    var uploads: [ByteKey: [Upload]] = [:]
    /// By the address that the asset itself is said to be served at; none for an address that must be asked for.
    var servedAssets: [ByteKey: Asset] = [:]
    /// The roles of an asset for an entity that no document gave it, in their order.
    var unmarkedRoles: [LinkEnds: [String]] = [:]

    /// Whether any asset was ever replaced; `nil` before that was asked.
    var hasReplacements: Bool?

    /// An asset and an entity, by their bytes.
    struct LinkEnds: Hashable {
        let asset: ByteKey
        let type: ByteKey
        let entity: ByteKey

        init(_ assetID: String, _ entity: Entity) {
            asset = ByteKey(assetID)
            type = ByteKey(entity.type.rawValue)
            self.entity = ByteKey(entity.id)
        }
    }
}
