internal import Synchronization

/// Calls that several threads make together, each of them once.
final class SharedCalls<Failure: Error>: Sendable {
    private struct State {
        var next = 0
        var failure: Failure?
    }

    private let count: Int
    private let body: @Sendable (Int) throws(Failure) -> Void
    private let state = Mutex(State())

    init(count: Int, body: @escaping @Sendable (Int) throws(Failure) -> Void) {
        self.count = count
        self.body = body
    }

    /// The first that there was.
    var failure: Failure? { state.withLock { $0.failure } }

    /// Makes those that nobody has begun, until there are none or one failed.
    func makeAll() {
        while let number = takeNext() {
            do throws(Failure) {
                try body(number)
            } catch {
                state.withLock { if $0.failure == nil { $0.failure = error } }
            }
        }
    }

    private func takeNext() -> Int? {
        state.withLock { state in
            guard state.failure == nil, state.next < count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }
}
