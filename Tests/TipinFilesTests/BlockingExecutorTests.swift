import Glibc
import Testing

@testable import TipinFiles

/// An actor that waits for files has a thread to itself meanwhile.
struct BlockingExecutorTests {
    /// Counts in a way that shows whether two calls were ever made at a time.
    private actor Counter {
        private let executor = BlockingExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        private(set) var numbers: [Int] = []
        private(set) var wasDisturbed = false
        private var isBusy = false

        func note(_ number: Int) {
            wasDisturbed = wasDisturbed || isBusy
            isBusy = true
            if number % 9 == 0 { usleep(300) }
            numbers.append(number)
            isBusy = false
        }

        /// Goes elsewhere in the middle.
        func noteAfterAnother(_ number: Int) async {
            let more = await BlockingThread.run { number + 1000 }
            note(more)
        }

        var hasOwnThread: Bool {
            var blocked = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &blocked)
            return sigismember(&blocked, SIGPIPE) == 1
        }
    }

    @Test func `each call is made once and alone, on a thread for calls that block`() async {
        let counter = Counter()
        #expect(await counter.hasOwnThread)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    await counter.note(number)
                    await counter.noteAfterAnother(number)
                }
            }
        }
        #expect(await counter.numbers.sorted() == Array(0..<200) + Array(1000..<1200))
        #expect(await !counter.wasDisturbed)
    }
}
