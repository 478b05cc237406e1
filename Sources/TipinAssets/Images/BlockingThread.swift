internal import Dispatch
internal import Glibc
internal import Synchronization

/// Threads for calls that block, so that they never hold one of Swift's few.
package enum BlockingThread {
    /// Those that wait for their next call. To begin one takes longer than most calls.
    private static let idle = Mutex<[Worker]>([])
    /// Seconds after which one that nobody needed ends.
    private static let patience = 2

    private final class Worker: Sendable {
        let isCalled = DispatchSemaphore(value: 0)
        let call: Mutex<(@Sendable () -> Void)?>

        init(_ call: @escaping @Sendable () -> Void) { self.call = Mutex(call) }

        /// Makes calls until none comes for a while.
        func work() {
            repeat { makeCall() } while waitForCall()
        }

        private func makeCall() {
            let call = call.withLock { call in
                defer { call = nil }
                return call
            }
            call?()
        }

        /// - Returns: whether there is one to make.
        private func waitForCall() -> Bool {
            idle.withLock { $0.append(self) }
            if isCalled.wait(timeout: .now() + .seconds(patience)) == .success { return true }
            let isForgotten = idle.withLock { idle in
                guard let place = idle.firstIndex(where: { $0 === self }) else { return false }
                idle.remove(at: place)
                return true
            }
            // Somebody has it in hand at this very moment.
            if !isForgotten { isCalled.wait() }
            return !isForgotten
        }
    }

    /// Runs `body` on a thread that nobody else uses meanwhile, on which every signal is blocked: writing to a pipe
    /// without a reader fails there and ends nothing.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            start { continuation.resume(returning: body()) }
        }
    }

    /// Calls `body` with each number below `count`, on at most `width` threads beside one another, this one among them,
    /// and waits for all of them. After a failure no further call begins.
    /// - Throws: the first failure.
    static func forEach<Failure>(
        below count: Int, width: Int, _ body: @escaping @Sendable (Int) throws(Failure) -> Void
    ) throws(Failure) {
        let calls = SharedCalls(count: count, body: body)
        let others = max(0, min(width, count) - 1)
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<others {
            start {
                calls.makeAll()
                ended.signal()
            }
        }
        calls.makeAll()
        for _ in 0..<others { ended.wait() }
        if let failure = calls.failure { throw failure }
    }

    private static func start(_ run: @escaping @Sendable () -> Void) {
        if let worker = idle.withLock({ $0.popLast() }) {
            worker.call.withLock { $0 = run }
            worker.isCalled.signal()
            return
        }
        let worker = Unmanaged.passRetained(Worker(run))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { pointer in
                // Safe because the thread is started with the retained worker below and nothing else.
                let worker = Unmanaged<Worker>.fromOpaque(pointer!).takeRetainedValue()
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_SETMASK, &all, nil)
                worker.work()
                return nil
            }, worker.toOpaque())
        if failed == 0 {
            pthread_detach(thread)
        } else {
            worker.release()
            run()  // No thread is to be had: late is better than never.
        }
    }
}
