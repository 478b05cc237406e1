internal import Synchronization
internal import TipinAssets

/// Which assets a run uses, told to the catalog many at a time, so that clean-up knows what was used longest ago.
///
/// A time that is less than an hour old is as good as now: a run that uses what an earlier one used writes nothing.
final class AssetUses: Sendable {
    private let catalog: Catalog
    private let pending = Mutex<Set<String>>([])
    /// Assets that are told at once.
    static let batch = 512

    init(_ catalog: Catalog) { self.catalog = catalog }

    func note(_ assetID: String) {
        let isFull = pending.withLock { pending in
            pending.insert(assetID)
            return pending.count >= Self.batch
        }
        if isFull { flush() }
    }

    /// That a use was not written down is no reason to fail: the picture is there.
    func flush() {
        let ids = pending.withLock { pending in
            defer { pending = [] }
            return pending.sorted()
        }
        guard !ids.isEmpty, let stale = try? catalog.read({ try $0.staleUses(of: ids) }), !stale.isEmpty else { return }
        _ = try? catalog.write { writer in for id in stale { try writer.touch(assetID: id) } }
    }
}
