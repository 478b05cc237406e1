internal import Dispatch
internal import Glibc
internal import Synchronization

/// Threads that are kept for a while when they have nothing to do: to begin one takes longer than most calls.
final class ThreadPool: Sendable {
    private let idle = Mutex<[Worker]>([])
    /// After which a thread that nobody needed ends.
    private let patience: DispatchTimeInterval

    init(patience: DispatchTimeInterval) { self.patience = patience }

    private final class Worker: Sendable {
        let pool: ThreadPool
        let isCalled = DispatchSemaphore(value: 0)
        let call: Mutex<(@Sendable () -> Void)?>

        init(_ pool: ThreadPool, _ call: @escaping @Sendable () -> Void) {
            self.pool = pool
            self.call = Mutex(call)
        }

        /// Makes calls until none comes for a while.
        func work() {
            repeat { makeCall() } while pool.waitForCall(to: self)
        }

        private func makeCall() {
            let call = call.withLock { call in
                defer { call = nil }
                return call
            }
            call?()
        }
    }

    /// - Returns: whether there is one to make.
    private func waitForCall(to worker: Worker) -> Bool {
        idle.withLock { $0.append(worker) }
        if worker.isCalled.wait(timeout: .now() + patience) == .success { return true }
        let isForgotten = idle.withLock { idle in
            guard let place = idle.firstIndex(where: { $0 === worker }) else { return false }
            idle.remove(at: place)
            return true
        }
        // Somebody has it in hand at this very moment.
        if !isForgotten { worker.isCalled.wait() }
        return !isForgotten
    }

    /// Makes a call on a thread that nobody else uses meanwhile, on which every signal is blocked; where no thread is
    /// to be had, on this very one: late is better than never.
    func start(_ call: @escaping @Sendable () -> Void) { if !startBeside(call) { Self.makeHere(call) } }

    /// `start` for a call that waits for its caller.
    /// - Returns: `false` where no thread is to be had: then the call is not made.
    func startBeside(_ call: @escaping @Sendable () -> Void) -> Bool {
        if let worker = idle.withLock({ $0.popLast() }) {
            worker.call.withLock { $0 = call }
            worker.isCalled.signal()
            return true
        }
        let worker = Unmanaged.passRetained(Worker(self, call))
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
        if failed == 0 { pthread_detach(thread) } else { worker.release() }
        return failed == 0
    }

    /// Makes a call on this very thread, with every signal blocked meanwhile.
    static func makeHere(_ call: () -> Void) {
        var (all, before, fatal) = (sigset_t(), sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        call()
        // What a write to a closed pipe or beyond a limit raised would end the process as soon as it is let through.
        sigemptyset(&fatal)
        for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&fatal, signal) }
        var now = timespec()
        while sigtimedwait(&fatal, nil, &now) > 0 {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
