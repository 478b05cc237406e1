internal import Synchronization

/// The places at which workers run: each is held by one caller at a time, the others wait in their order.
final class WorkerSlots: Sendable {
    /// One place and the process that was started for it, if one was.
    final class Slot: Sendable {
        let process = Mutex<WorkerProcess?>(nil)
    }

    private struct State {
        var free: [Slot]
        var waiting: [CheckedContinuation<Slot, Never>] = []
    }

    private let all: [Slot]
    private let state: Mutex<State>

    init(count: Int) {
        all = (0..<max(1, count)).map { _ in Slot() }
        state = Mutex(State(free: all.reversed()))
    }

    func take() async -> Slot {
        await withCheckedContinuation { continuation in
            let slot: Slot? = state.withLock { state in
                if let slot = state.free.popLast() { return slot }
                state.waiting.append(continuation)
                return nil
            }
            if let slot { continuation.resume(returning: slot) }
        }
    }

    func giveBack(_ slot: Slot) {
        let next: CheckedContinuation<Slot, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free.append(slot)
            return nil
        }
        next?.resume(returning: slot)
    }

    /// Ends every process.
    func killAll() {
        for slot in all { slot.process.withLock { $0?.kill() } }
    }
}
