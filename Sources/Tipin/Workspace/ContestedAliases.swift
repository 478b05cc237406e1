internal import Synchronization

/// Ids of pictures that a run's documents contradict each other about: the catalog learns none of them.
final class ContestedAliases: Sendable {
    private let aliases = Mutex<Set<AssetAlias>>([])

    func add(_ contested: some Sequence<AssetAlias>) { aliases.withLock { $0.formUnion(contested) } }

    func contains(_ alias: AssetAlias) -> Bool { aliases.withLock { $0.contains(alias) } }
}
