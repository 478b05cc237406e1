internal import TipinDocument

/// Rows that one read of the catalog fetched before they were asked for, many with one statement. What is missing there
/// was looked for.
final class FetchedRows {
    var assets: [SHA256Digest: Asset?] = [:]
    /// By the asset's id.
    var uploads: [ByteKey: [Upload]] = [:]
}
