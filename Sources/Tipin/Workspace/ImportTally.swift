internal import Synchronization
internal import TipinAssets
internal import TipinFiles

/// Counts what a run brings into the store.
package final class ImportTally: Sendable {
    private let figures = Mutex((count: 0, bytes: 0, lessons: 0))

    func add(_ assets: [ImportedAsset]) {
        let new = assets.filter { !$0.wasKnown }
        figures.withLock { figures in
            figures.lessons += assets.count
            figures.count += new.count
            figures.bytes = new.reduce(figures.bytes) { $0.addingClamped($1.asset.size) }
        }
    }

    /// Notes that the catalog learnt a name of an asset.
    func noteName() { figures.withLock { $0.lessons += 1 } }

    /// Rises with everything that may settle what another document says.
    var lessons: Int { figures.withLock { $0.lessons } }

    package var count: Int { figures.withLock { $0.count } }
    package var bytes: Int { figures.withLock { $0.bytes } }
}
