internal import Synchronization
internal import TipinDiagnostics
internal import TipinDocument

/// The manifest entries of a document that none of its mentions means, as far as they are judged.
final class UnusedEntries: Sendable {
    private let keys: Mutex<Set<ByteKey>>

    init(_ entries: ManifestEntries) { keys = Mutex(entries.keys) }

    /// Takes out what some mentions name; done by parts of a document side by side, so that no part's ids have to be
    /// kept until the last is judged.
    func remove(_ named: [ByteKey]) {
        keys.withLock { keys in for key in named { keys.remove(key) } }
    }

    /// Once all mentions are judged; `nil` where every entry is used.
    var problem: Problem? {
        keys.withLock { keys in
            guard let first = keys.min() else { return nil }
            return Problem(
                .manifestUnused, "manifest has entries that no node names",
                notes: ["\(keys.count) of them, e.g. '\(Redaction.printable(first.text))'"],
                help: ["'tipin resolve' with --prune-manifest removes them"])
        }
    }
}
