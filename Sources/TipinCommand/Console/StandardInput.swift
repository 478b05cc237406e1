import Glibc
import Tipin
import TipinDiagnostics
import TipinFiles

/// Lines that come through a pipe.
enum StandardInput {
    /// The lines, where `-` is the one path; `nil` where it is not among them.
    static func lines(ifIn paths: [String], limit: Int) throws -> LineSource? {
        guard paths.contains("-") else { return nil }
        guard paths.count == 1 else { throw RunError.usage(standsAlone) }
        return lines(limit: limit)
    }

    static let standsAlone = Problem(
        .usage, "'-' stands alone: lines come from standard input and go to standard output",
        help: ["leave out other paths, and what says where documents go or how changes are shown"])

    static func lines(limit: Int) -> LineSource { LineSource(limit: limit, read: read) }

    /// The bytes of a picture that comes through a pipe.
    static var pieces: AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream(unfolding: {
            let bytes = try read(1 << 20)
            return bytes.isEmpty ? nil : bytes
        })
    }

    /// Milliseconds until an interrupt is noticed where nothing comes.
    private static let noticed: Int32 = 100

    /// At most so many bytes; empty at the end.
    /// - Throws: also when the task is cancelled, so that nobody waits for who writes nothing more.
    private static func read(_ count: Int) throws -> [UInt8] {
        var waited = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        var result: Int32
        repeat {
            try Task.checkCancellation()
            result = poll(&waited, 1, noticed)
        } while result == 0 || (result < 0 && errno == EINTR)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat {
                let result = Glibc.read(STDIN_FILENO, buffer.baseAddress, count)
                filled = max(0, result)
                failure = result < 0 ? errno : 0
            } while failure == EINTR
        }
        guard failure == 0 else { throw FileError(.read, "-", failure) }
        return bytes
    }
}
