import ArgumentParser
import Dispatch
import Glibc
import Tipin
import TipinDiagnostics

/// Runs a command's body: signals, errors and exit status in one place.
enum Session {
    /// Never returns normally with a status other than success.
    static func run(_ body: @escaping @Sendable () async throws -> ExitStatus) async throws {
        // Writing beyond a pipe's end or a file-size limit is an error to be said, not a death.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let task = Task { try await body() }
        let source = interruptSource { task.cancel() }
        defer { source.cancel() }
        let status: ExitStatus
        do {
            status = try await task.value
        } catch {
            status = fail(error)
        }
        guard status == .success else { throw ExitCode(status.rawValue) }
    }

    /// The first interrupt lets the document in hand be finished, the second ends the process.
    private static func interruptSource(_ cancel: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        nonisolated(unsafe) var count = 0  // Safe because only this source's serial handler touches it.
        source.setEventHandler {
            count += 1
            if count > 1 { _exit(ExitStatus.interrupted.rawValue) }
            cancel()
        }
        source.resume()
        return source
    }

    private static func fail(_ error: any Error) -> ExitStatus {
        let problem = error.problem
        Console.say(TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO)).render(Diagnostic(problem)))
        return ExitStatus(problem.code)
    }
}
