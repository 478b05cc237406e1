import Glibc
import Synchronization
import Testing
import TipinSync

struct TransferThreadsTests {
    /// How many bodies run, and whether they may end.
    private final class Gate: Sendable {
        private let state = Mutex((now: 0, most: 0, all: 0, isOpen: false))

        var now: Int { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }
        var all: Int { state.withLock { $0.all } }

        func open() { state.withLock { $0.isOpen = true } }

        func pass() {
            state.withLock { state in
                state.now += 1
                state.all += 1
                state.most = max(state.most, state.now)
            }
            while !state.withLock({ $0.isOpen }) { usleep(1000) }
            state.withLock { $0.now -= 1 }
        }
    }

    @Test(arguments: [(count: 1, bodies: 3), (count: 2, bodies: 5), (count: 16, bodies: 20)])
    func `runs as many bodies beside each other as it has threads`(count: Int, bodies: Int) async throws {
        let threads = TransferThreads(count: count)
        let gate = Gate()
        try await withThrowingTaskGroup { group in
            for _ in 0..<bodies { group.addTask { await threads.run { gate.pass() } } }
            // This line is reached though more bodies wait than Swift has threads.
            let areFull = try await eventually { gate.now == count }
            gate.open()
            #expect(areFull)
            try await group.waitForAll()
        }
        #expect(gate.most == count)
        #expect(gate.all == bodies)
    }

    @Test(arguments: [-1, 0, 1])
    func `has at least one thread`(count: Int) async {
        #expect(await TransferThreads(count: count).run { 7 } == 7)
    }
}
