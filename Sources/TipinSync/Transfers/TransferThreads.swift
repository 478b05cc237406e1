internal import Foundation
internal import Synchronization

/// A small pool of threads on which transfers wait for the network, so that nothing else waits with them.
package final class TransferThreads: Sendable {
    private let queue = WorkQueue()
    private let count: Int
    private let started = Atomic<Bool>(false)

    /// - Parameter count: how many transfers may run beside each other, at least one.
    package init(count: Int) { self.count = max(1, count) }

    deinit { queue.close() }

    /// Runs a body that blocks.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await run { _ in body() }
    }

    /// Runs a body that blocks. Where the task is cancelled the token says so.
    func run<Value: Sendable>(_ body: @escaping @Sendable (CancellationToken) -> Value) async -> Value {
        startOnce()
        let token = CancellationToken()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.add { continuation.resume(returning: body(token)) }
            }
        } onCancel: {
            token.cancel()
        }
    }

    /// A run that never transfers anything has no threads.
    private func startOnce() {
        guard !started.exchange(true, ordering: .relaxed) else { return }
        for number in 1...count {
            let thread = Thread { [queue] in
                while let work = queue.next() { work() }
            }
            thread.name = "tipin.transfer.\(number)"
            thread.start()
        }
    }
}
