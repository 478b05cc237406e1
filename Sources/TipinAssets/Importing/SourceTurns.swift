internal import Synchronization

/// Lets the same bytes be worked on by one at a time, and remembers what came of them until the catalog knows.
///
/// A run may find one picture at many addresses before it commits the first: it is stripped and decoded once.
final class SourceTurns: Sendable {
    private struct State {
        var busy: Set<SHA256Digest> = []
        var waiting: [SHA256Digest: [CheckedContinuation<Void, Never>]] = [:]
        var results: [SHA256Digest: NewAsset] = [:]
    }

    private let state = Mutex(State())

    /// Waits until nobody else works on the bytes.
    /// - Returns: what somebody else made of them.
    func take(_ source: SHA256Digest) async -> NewAsset? {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.busy.insert(source).inserted { return true }
                state.waiting[source, default: []].append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        return state.withLock { $0.results[source] }
    }

    /// Lets the next one work on the bytes.
    func give(_ source: SHA256Digest, result: NewAsset?) {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let result { state.results[source] = result }
            guard var others = state.waiting[source] else {
                state.busy.remove(source)
                return nil
            }
            let next = others.removeFirst()
            state.waiting[source] = others.isEmpty ? nil : others
            return next
        }
        next?.resume()
    }

    /// The catalog knows now.
    func forget(_ sources: [SHA256Digest]) {
        state.withLock { state in for source in sources { state.results[source] = nil } }
    }
}
