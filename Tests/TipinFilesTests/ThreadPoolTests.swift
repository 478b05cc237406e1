import Dispatch
import Glibc
import Synchronization
import Testing
import TipinTestSupport

@testable import TipinFiles

/// Threads wait for their next call for a while and no longer.
struct ThreadPoolTests {
    private static let longest = DispatchTimeInterval.seconds(60)

    /// Makes a call and waits for it.
    /// - Returns: the thread that made it.
    private func threadUsed(by pool: ThreadPool) -> KernelThread? {
        let isMade = DispatchSemaphore(value: 0)
        let thread = Mutex<KernelThread?>(nil)
        pool.start {
            let current = KernelThread.current
            thread.withLock { $0 = current }
            isMade.signal()
        }
        guard isMade.wait(timeout: .now() + Self.longest) == .success else { return nil }
        return thread.withLock { $0 }
    }

    private func hasEnded(_ thread: KernelThread) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if thread.hasEnded { return true }
            usleep(1000)
        }
        return false
    }

    @Test func `a thread that nobody needs ends, and the next call has another`() throws {
        let pool = ThreadPool(patience: .milliseconds(1))
        for _ in 0..<3 {
            let thread = try #require(threadUsed(by: pool))
            #expect(hasEnded(thread))
        }
    }

    @Test func `a thread that waits makes the next call`() throws {
        let pool = ThreadPool(patience: .seconds(5))
        var used: Set<KernelThread> = []
        var isUsedAgain = false
        // More than two: a thread says that it waits a moment after it has made its call.
        for _ in 0..<100 where !isUsedAgain {
            isUsedAgain = try !used.insert(#require(threadUsed(by: pool))).inserted
        }
        #expect(isUsedAgain)
    }

    /// Where no thread can be made the caller's own does it: it must not end by what is an error elsewhere.
    @Test func `a call on the caller's own thread may write to a pipe without a reader`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        var blocked = sigset_t()
        var outcome = (count: 0, number: Int32(0), isBlocked: false)
        ThreadPool.makeHere {
            outcome.count = write(ends[1], "x", 1)
            outcome.number = errno
            pthread_sigmask(SIG_BLOCK, nil, &blocked)
            outcome.isBlocked = sigismember(&blocked, SIGPIPE) == 1
        }
        #expect(outcome == (-1, EPIPE, true))
        pthread_sigmask(SIG_BLOCK, nil, &blocked)
        #expect(sigismember(&blocked, SIGPIPE) == 0)
        var waiting = sigset_t()
        sigpending(&waiting)
        #expect(sigismember(&waiting, SIGPIPE) == 0)
    }

    /// With no patience at all a thread gives up in the very moment in which somebody has it in hand.
    @Test func `each call is made once where threads give up all the time`() {
        let pool = ThreadPool(patience: .nanoseconds(0))
        let (callers, count) = (4, 3000)
        let made = Mutex([Int](repeating: 0, count: callers * count))
        let isMade = DispatchSemaphore(value: 0)
        DispatchQueue.concurrentPerform(iterations: callers) { caller in
            for number in 0..<count {
                pool.start {
                    made.withLock { $0[caller * count + number] += 1 }
                    isMade.signal()
                }
                // So that threads are there to be had, and others are on their way out.
                if number % 8 == 0 { usleep(20) }
            }
        }
        let isComplete = (0..<callers * count).allSatisfy { _ in
            isMade.wait(timeout: .now() + Self.longest) == .success
        }
        #expect(isComplete)
        #expect(made.withLock { $0.allSatisfy { $0 == 1 } })
    }
}
