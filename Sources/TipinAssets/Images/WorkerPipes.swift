internal import CLinux
internal import Glibc
internal import Synchronization
internal import TipinImageMessages

/// The process behind a worker and its two pipes; killed, waited for and closed when the value ends.
final class WorkerPipes: Sendable {
    private let process: pid_t
    private let input: Int32
    private let output: Int32
    /// Exit status, or 256 and a signal's number, once the process was waited for: from then on its id is another's.
    private let status = Mutex<Int32?>(nil)

    init(path: String) throws(WorkerProcess.Failure) {
        var process: pid_t = 0
        var input: Int32 = -1
        var output: Int32 = -1
        let number = tipin_start_process(path, &process, &input, &output)
        guard number == 0 else { throw .notStarted(String(cString: strerror(number))) }
        self.process = process
        self.input = input
        self.output = output
    }

    deinit {
        _ = killed()
        close(input)
        close(output)
    }

    func kill() {
        status.withLock { if $0 == nil { _ = Glibc.kill(-process, SIGKILL) } }
    }

    var hasEnded: Bool { lookedAfter(wait: false) != nil }

    /// Kills what may be left of the process and says how it ended: by itself, where it was doing so already.
    private func killed() -> String {
        kill()
        let status = lookedAfter(wait: true) ?? 0
        return status >= 256 ? "was ended by signal \(status - 256)" : "ended with status \(status)"
    }

    /// Exit status, or 256 and a signal's number; `nil` while the process runs.
    private func lookedAfter(wait: Bool) -> Int32? {
        status.withLock { status in
            if status == nil {
                let now = tipin_process_end(process, wait ? 1 : 0)
                status = now < 0 ? nil : now
            }
            return status
        }
    }

    /// Writes all bytes while the process takes them.
    func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) throws(WorkerProcess.Failure) {
        var done = 0
        while done < bytes.count {
            // Safe because an empty array never comes here.
            let count = bytes.withUnsafeBytes { write(input, $0.baseAddress! + done, $0.count - done) }
            if count > 0 {
                done += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, on: input, until: deadline)
            } else if errno != EINTR {
                throw .ended(killed())
            }
        }
    }

    /// Reads one whole message.
    func answer(until deadline: ContinuousClock.Instant) throws(WorkerProcess.Failure) -> ImageAnswer {
        let header = try receive(ImageAnswer.headerLength, until: deadline)
        guard let length = try? ImageAnswer.payloadLength(header: header) else { throw .nonsense }
        let payload = try receive(length, until: deadline)
        guard let answer = try? ImageAnswer(decoding: header + payload) else { throw .nonsense }
        return answer
    }

    private func receive(
        _ count: Int, until deadline: ContinuousClock.Instant
    ) throws(WorkerProcess.Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            // Safe because an empty array never comes here.
            let length = bytes.withUnsafeMutableBytes { read(output, $0.baseAddress! + done, count - done) }
            if length > 0 {
                done += length
            } else if length == 0 {
                throw .ended(killed())
            } else if errno == EAGAIN {
                try wait(for: POLLIN, on: output, until: deadline)
            } else if errno != EINTR {
                throw .ended(killed())
            }
        }
        return bytes
    }

    private func wait(
        for event: Int32, on descriptor: Int32, until deadline: ContinuousClock.Instant
    ) throws(WorkerProcess.Failure) {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { throw .timeOver }
        let milliseconds = left / .milliseconds(1)
        var file = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        _ = poll(&file, 1, Int32(min(milliseconds.rounded(.up), 60_000)))
    }
}
