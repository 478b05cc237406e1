internal import Synchronization

/// Names of pictures that a run's documents contradict each other about: the catalog learns none of them.
final class ContestedNames: Sendable {
    private let names = Mutex<Set<DocumentName>>([])

    func add(_ contested: some Sequence<DocumentName>) { names.withLock { $0.formUnion(contested) } }

    func contain(_ name: DocumentName) -> Bool { names.withLock { $0.contains(name) } }
}
