internal import TipinAssets
internal import TipinDocument

/// What lay in quarantine so long that it goes for good, if nothing came to name it meanwhile.
struct ExpiredAsset: Sendable {
    /// Of its bytes.
    var digest: SHA256Digest
    /// Of its bytes; 0 where there is a record alone.
    var size: Int
    /// `nil` where none can be read.
    private var record: RemovedRecord?

    /// - Parameter since: whether what came into quarantine at a time, in milliseconds since 1970, is to go.
    static func all(in blobs: BlobStore, since isExpired: (Int64) -> Bool) throws -> [ExpiredAsset] {
        try blobs.quarantined().filter { isExpired($0.since) }.map { digest, size, _ in
            ExpiredAsset(digest: digest, size: size, record: blobs.removedRecord(of: digest))
        }
    }

    /// Its own id.
    private var id: String { record?.id ?? AssetID.derived(from: digest) }
    /// Its own, and those that documents had for it.
    var ids: [String] { [id] + (record?.aliases.map(\.id) ?? []) }
    /// Of its bytes, and of those that they were made from.
    var digests: [SHA256Digest] { [digest] + (record?.sourceDigests ?? []) }
    var sourceURLs: [String] { record?.sourceURLs ?? [] }

    /// Those of some that a row, a document, a link, a plan, a journal or a table of the app's own names, and whose
    /// bytes are nowhere else.
    static func needed(
        of assets: [ExpiredAsset], namedBy documents: NamedAssets, _ blobs: BlobStore, _ reader: CatalogReader
    ) throws -> Set<SHA256Digest> {
        guard !assets.isEmpty else { return [] }
        let kept = try KeptAssets(blobs.folder, reader)
        let tables = try AppNames(of: assets.map { ($0.id, $0.digest) }, reader)
        return try Set(
            assets.filter { asset in
                // What was brought back meanwhile left its copy here.
                if let row = try reader.asset(sha256: asset.digest) {
                    return try !reader.isUploaded(row) && !asset.isStored(blobs)
                }
                return try documents.mayName(asset) || tables.contain(asset.id, asset.digest)
                    || !kept.keepers(of: asset.id, asset.digest).isEmpty || !reader.links(toAsset: asset.id).isEmpty
            }.map(\.digest))
    }

    /// Whether a book has its bytes, whole.
    private func isStored(_ blobs: BlobStore) throws -> Bool {
        guard let path = blobs.findAnywhere(digest) else { return false }
        return try blobs.isWhole(path, digest)
    }
}
