internal import Dispatch
internal import Synchronization
internal import TipinFiles

/// Hands tokens to a consumer that works on a thread of its own, while the next ones are read.
///
/// A ring of batches goes round between the two. They are large, because to wake a thread takes as long as to read a
/// hundred tokens.
// Safe because a batch belongs to one of the two threads at a time, and the semaphores hand it on.
final class TokenPipe: TokenConsumer, @unchecked Sendable {
    private static let batch = 8192
    private static let batches = 4

    private let consumer: any TokenConsumer
    private let tokens: UnsafeMutablePointer<Token>
    /// How many tokens each batch has; the last one that is handed on has none.
    private var counts = [Int](repeating: 0, count: batches)
    /// The batch that is being filled.
    private var filling = 0
    private var count = 0
    /// The consumer wants no more.
    private let hasStopped = Atomic(false)
    private let free = DispatchSemaphore(value: batches - 1)
    private let full = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter consumer: is called on another thread until `finish` returns.
    /// - Returns: `nil` where no thread is to be had.
    init?(to consumer: any TokenConsumer) {
        self.consumer = consumer
        tokens = .allocate(capacity: Self.batch * Self.batches)
        guard BlockingThread.start({ self.handOn() }) else { return nil }
    }

    deinit { tokens.deallocate() }

    func consume(_ new: UnsafeBufferPointer<Token>) -> Bool {
        var new = new[...]
        while !new.isEmpty {
            let part = new.prefix(Self.batch - count)
            let room = UnsafeMutableBufferPointer(start: tokens + filling * Self.batch + count, count: part.count)
            _ = room.update(fromContentsOf: part)
            count += part.count
            new = new.dropFirst(part.count)
            if count == Self.batch { passOn() }
        }
        return !hasStopped.load(ordering: .relaxed)
    }

    /// Waits until the consumer has had all tokens.
    /// - Returns: `false` where it wanted no more at some time.
    func finish() -> Bool {
        if count > 0 { passOn() }
        passOn()
        ended.wait()
        return !hasStopped.load(ordering: .relaxed)
    }

    private func passOn() {
        counts[filling] = count
        full.signal()
        free.wait()
        filling = (filling + 1) % Self.batches
        count = 0
    }

    /// The other thread's part.
    private func handOn() {
        var place = 0
        while true {
            full.wait()
            let count = counts[place]
            if count == 0 { break }
            let batch = UnsafeBufferPointer(start: tokens + place * Self.batch, count: count)
            if !hasStopped.load(ordering: .relaxed), !consumer.consume(batch) {
                hasStopped.store(true, ordering: .relaxed)
            }
            free.signal()
            place = (place + 1) % Self.batches
        }
        free.signal()
        ended.signal()
    }
}
