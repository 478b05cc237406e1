internal import Synchronization
internal import TipinDiagnostics
internal import TipinDocument

/// What a document's mentions say of its manifest entries, as far as they are judged. Parts of the document are judged
/// side by side, and no part's ids have to be kept until the last is done.
final class JudgedEntries: Sendable {
    private struct State {
        /// The entries that no mention means.
        var unused: Set<ByteKey>
        /// The entries whose address is judged with a mention's.
        var said: Set<ExpiringEntries.Key> = []
    }

    private let state: Mutex<State>
    private let expiring: ExpiringEntries

    init(of document: LoadedDocument, _ entries: ManifestEntries) {
        state = Mutex(State(unused: entries.keys))
        expiring = ExpiringEntries(in: document)
    }

    /// - Parameters:
    ///   - named: the entries that some mentions may mean.
    ///   - said: those whose address is judged with theirs.
    func note(named: [ByteKey], said: @autoclosure () -> [ExpiringEntries.Key]) {
        let said = expiring.isEmpty ? [] : said()
        state.withLock { state in
            for key in named { state.unused.remove(key) }
            state.said.formUnion(said)
        }
    }

    /// Addresses that expire in entries that no mention speaks for.
    func expiringAddresses(isPublish: Bool) -> [ValueFinding] {
        let said = state.withLock { $0.said }
        return expiring.findings(isPublish: isPublish) { said.contains($0) }
    }

    /// Entries that nothing needs; `nil` where every one is used.
    var unused: Problem? {
        state.withLock { state in
            guard let first = state.unused.min() else { return nil }
            return Problem(
                .manifestUnused, "manifest has entries that no node names",
                notes: ["\(state.unused.count) of them, e.g. '\(Redaction.printable(first.text))'"],
                help: ["'tipin resolve' with --prune-manifest removes them"])
        }
    }
}
