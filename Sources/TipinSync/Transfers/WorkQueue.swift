internal import Foundation
internal import Synchronization

/// What waits for a thread, first come first served.
final class WorkQueue: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    /// One for each waiting body, and one more once the queue is closed.
    private let available = DispatchSemaphore(value: 0)

    func add(_ work: @escaping @Sendable () -> Void) {
        waiting.withLock { $0.append(work) }
        available.signal()
    }

    /// Waits; `nil` once the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        available.wait()
        let work = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        // The one that closed it is passed on to the next thread.
        if work == nil { available.signal() }
        return work
    }

    func close() { available.signal() }
}
