internal import Synchronization
internal import TipinDiagnostics
internal import TipinDocument

/// Addresses of hosts that could not be read in this run, so that documents that come a second time need not ask the
/// hosts a second time.
final class RefusedAddresses: Sendable {
    private let state = Mutex((isAsked: false, problems: [ByteKey: Problem]()))
    /// More than that are asked again: memory must not grow with the library.
    private static let limit = 10_000

    /// From now on what is known is told. Until then every document asks for itself: a host may have been tired.
    func beginAnswering() { state.withLock { $0.isAsked = true } }

    func problem(of url: String) -> Problem? { state.withLock { $0.isAsked ? $0.problems[ByteKey(url)] : nil } }

    func note(_ problem: Problem, of url: String) {
        state.withLock { state in
            guard state.problems.count < Self.limit else { return }
            state.problems[ByteKey(url)] = problem
        }
    }
}
