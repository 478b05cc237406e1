internal import Synchronization
internal import TipinAssets
internal import TipinDocument

/// The assets that clean-up removed and that can be brought back, by the ids under which they were known: looked at
/// when a document says an id that nobody else knows.
package final class RemovedAssets: Sendable {
    private struct Index {
        var ids: [ByteKey: SHA256Digest] = [:]
        var aliases: [AssetAlias: SHA256Digest] = [:]
    }

    private let blobs: BlobStore
    private let index = Mutex<Index?>(nil)

    init(_ blobs: BlobStore) { self.blobs = blobs }

    /// The digest of the asset's bytes.
    /// - Parameters:
    ///   - id: the asset's own, or the document's for it.
    ///   - document: as the catalog knows it, in the book.
    func digest(of id: String, book: String, document: String) -> SHA256Digest? {
        index.withLock { index in
            let known = index ?? read()
            index = known
            guard !known.ids.isEmpty || !known.aliases.isEmpty else { return nil }
            let alias = AssetAlias(id: ByteKey(id), book: ByteKey(book), document: ByteKey(document))
            return known.ids[ByteKey(id)] ?? known.aliases[alias]
        }
    }

    /// What cannot be read of it cannot be brought back either. Of several that had one name, it is the newest's.
    private func read() -> Index {
        var index = Index()
        let quarantined = (try? blobs.quarantined()) ?? []
        for (digest, size, _) in quarantined.sorted(by: { $0.since < $1.since }) where size > 0 {
            guard let record = blobs.removedRecord(of: digest) else { continue }
            if let id = record.id { index.ids[ByteKey(id)] = digest }
            for alias in record.aliases {
                let key = AssetAlias(
                    id: ByteKey(alias.id), book: ByteKey(alias.book), document: ByteKey(alias.document))
                index.aliases[key] = digest
            }
        }
        return index
    }
}
