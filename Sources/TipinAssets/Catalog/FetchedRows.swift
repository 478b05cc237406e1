internal import TipinDocument

/// Rows that one read of the catalog fetched before they were asked for, many with one statement. What is missing there
/// was looked for.
final class FetchedRows {
    var assets: [SHA256Digest: Asset?] = [:]
    /// By the asset's id.
    var uploads: [ByteKey: [Upload]] = [:]
    /// By the address that the asset itself is said to be served at; none for an address that must be asked for.
    var servedAssets: [ByteKey: Asset] = [:]
    /// The links of an asset that no document made, by the asset's id, in the order of their roles.
    var unmarkedLinks: [ByteKey: [(entity: Entity, role: String)]] = [:]
}
