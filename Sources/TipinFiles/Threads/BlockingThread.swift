internal import Dispatch

/// Threads for calls that block, so that they never hold one of Swift's few.
package enum BlockingThread {
    static let pool = ThreadPool(patience: .seconds(2))

    /// Runs `body` on a thread that nobody else uses meanwhile, on which every signal is blocked: writing to a pipe
    /// without a reader fails there and ends nothing. Where no thread can be made any more it is the caller's own.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let call = OneCall(body)
            pool.start { continuation.resume(returning: call.make()) }
        }
    }

    /// Makes a call that waits for its caller on a thread as `run` does, and does not wait for it.
    /// - Returns: `false` where no thread can be made any more: then the call is not made.
    package static func start(_ call: @escaping @Sendable () -> Void) -> Bool { pool.startBeside(call) }

    /// Calls `body` with each number below `count`, on at most `width` threads beside one another, this one among them,
    /// and waits for all of them. After a failure no further call begins.
    /// - Throws: the first failure.
    package static func forEach<Failure>(
        below count: Int, width: Int, _ body: @escaping @Sendable (Int) throws(Failure) -> Void
    ) throws(Failure) {
        let calls = SharedCalls(count: count, body: body)
        let others = max(0, min(width, count) - 1)
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<others {
            let call = OneCall { calls.makeAll() }
            pool.start {
                call.make()
                ended.signal()
            }
        }
        calls.makeAll()
        for _ in 0..<others { ended.wait() }
        if let failure = calls.failure { throw failure }
    }
}
