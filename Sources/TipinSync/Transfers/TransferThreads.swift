internal import Foundation
internal import Synchronization

/// A small pool of threads on which transfers wait for the network, so that nothing else waits with them.
package final class TransferThreads: Sendable {
    private let queue: OperationQueue

    /// - Parameter count: how many transfers may run beside each other.
    package init(count: Int) {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = max(1, count)
        queue.name = "tipin.transfers"
    }

    /// Runs a body that blocks. Where the task is cancelled the token says so.
    func run<Value: Sendable>(_ body: @escaping @Sendable (CancellationToken) -> Value) async -> Value {
        let token = CancellationToken()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.addOperation { continuation.resume(returning: body(token)) }
            }
        } onCancel: {
            token.cancel()
        }
    }
}

/// Says whether what is being done is still wanted.
final class CancellationToken: Sendable {
    private let flag = Atomic<Bool>(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}
