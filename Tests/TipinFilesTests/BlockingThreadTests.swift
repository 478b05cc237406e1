import Glibc
import Synchronization
import Testing

@testable import TipinFiles

/// Calls that block get threads of their own, used again and again.
struct BlockingThreadTests {
    @Test func `each call is made once, however many there are at a time`() async {
        let numbers = await withTaskGroup(of: Int.self) { group in
            for number in 0..<500 {
                group.addTask { await BlockingThread.run { number % 7 == 0 ? Self.waited(number) : number } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(0..<500))
    }

    private static func waited(_ number: Int) -> Int {
        usleep(500)
        return number
    }

    @Test func `calls one after another need no new thread, and signals are blocked on it`() async {
        var threads: Set<UInt> = []
        for _ in 0..<20 {
            let (thread, isBlocked) = await BlockingThread.run {
                var blocked = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &blocked)
                return (UInt(pthread_self()), sigismember(&blocked, SIGPIPE) == 1)
            }
            threads.insert(thread)
            #expect(isBlocked)
        }
        // Other tests make calls at the same time and take turns with the threads.
        #expect(threads.count < 20)
    }

    @Test func `after a failure no further call begins`() {
        struct Failure: Error {}
        let begun = Mutex(0)
        #expect(throws: Failure.self) {
            try BlockingThread.forEach(below: 1000, width: 4) { number throws(Failure) in
                begun.withLock { $0 += 1 }
                if number == 3 { throw Failure() }
                usleep(200)
            }
        }
        #expect(begun.withLock { $0 } < 1000)
    }

    private final class Held: Sendable {}

    /// What a call used, for as long as somebody holds it.
    private struct Used: Sendable {
        private(set) weak var held: Held?

        static func byCall() async -> Used {
            let held = Held()
            let used = Used(held: held)
            await BlockingThread.run { withExtendedLifetime(held) {} }
            return used
        }
    }

    @Test func `what a call held is let go before its caller goes on`() async {
        let left = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var left = 0
                    for _ in 0..<5000 where await Used.byCall().held != nil { left += 1 }
                    return left
                }
            }
            return await group.reduce(0, +)
        }
        #expect(left == 0)
    }
}
