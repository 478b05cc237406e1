internal import Synchronization
internal import TipinAssets

/// Counts what a run brings into the store.
package final class ImportTally: Sendable {
    private let figures = Mutex((count: 0, bytes: 0))

    func add(_ assets: [ImportedAsset]) {
        let new = assets.filter { !$0.wasKnown }
        figures.withLock { figures in
            figures.count += new.count
            figures.bytes += new.reduce(0) { $0 + $1.asset.size }
        }
    }

    package var count: Int { figures.withLock { $0.count } }
    package var bytes: Int { figures.withLock { $0.bytes } }
}
