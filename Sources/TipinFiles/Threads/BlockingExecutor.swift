internal import Synchronization

/// Where the calls of an actor that waits for files are made: one after another, in their order, on a thread that
/// nobody else uses meanwhile, as `BlockingThread.run` does it for a single call.
package final class BlockingExecutor: SerialExecutor {
    private struct State {
        var waiting: [UnownedJob] = []
        /// Whether a thread makes the calls that wait.
        var isWorking = false
    }

    private let state = Mutex(State())

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isIdle = state.withLock { state in
            state.waiting.append(job)
            defer { state.isWorking = true }
            return !state.isWorking
        }
        if isIdle { BlockingThread.pool.start { self.work() } }
    }

    private func work() {
        while let job = takeNext() { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    private func takeNext() -> UnownedJob? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWorking = false
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
