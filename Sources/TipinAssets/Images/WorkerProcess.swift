internal import TipinImageMessages

/// One running `tipin-image`: killed, waited for and closed when the value ends.
final class WorkerProcess: Sendable {
    enum Failure: Error, Equatable {
        /// The executable could not be started: the system's words.
        case notStarted(String)
        /// It ended by itself; how, in words.
        case ended(String)
        /// The time was over before the answer was there.
        case timeOver
        /// It said something that is no message.
        case nonsense
        /// Nothing is to be started any more.
        case stopped
    }

    let report: WorkerReport
    private let pipes: WorkerPipes

    /// Starts the executable and waits until it is ready.
    init(path: String, deadline: ContinuousClock.Instant) throws(Failure) {
        pipes = try WorkerPipes(path: path)
        guard case .hello(let report) = try pipes.answer(until: deadline) else { throw .nonsense }
        self.report = report
    }

    /// Sends one picture and waits for what the worker says of it.
    func answer(
        to request: ImageRequest, bytes: [UInt8], deadline: ContinuousClock.Instant
    ) throws(Failure) -> ImageAnswer {
        try pipes.send(request.encoded(), until: deadline)
        try pipes.send(bytes, until: deadline)
        let answer = try pipes.answer(until: deadline)
        switch (answer, request.task) {
        case (.damaged, _), (.tooLarge, _), (.facts, .probe): return answer
        case (.thumbnails(let made), .thumbnails(let sizes)) where made.map(\.size) == sizes: return answer
        default: throw .nonsense
        }
    }

    var hasEnded: Bool { pipes.hasEnded }

    /// Ends it, with everything that it may have started.
    func kill() { pipes.kill() }
}
