internal import Dispatch
internal import Glibc

/// Threads for calls that block, so that they never hold one of Swift's few.
package enum BlockingThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own, on which every signal is blocked: writing to a pipe without a reader fails
    /// there and ends nothing.
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
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { pointer in
                // Safe because the thread is started with the retained body below and nothing else.
                let body = Unmanaged<Body>.fromOpaque(pointer!).takeRetainedValue()
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_SETMASK, &all, nil)
                body.run()
                return nil
            }, body.toOpaque())
        if failed == 0 {
            pthread_detach(thread)
        } else {
            body.takeRetainedValue().run()  // No thread is to be had: late is better than never.
        }
    }
}
