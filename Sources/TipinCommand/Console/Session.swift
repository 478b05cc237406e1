import ArgumentParser
import Dispatch
import Glibc
import Synchronization
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
            status = whole(try await task.value)
        } catch {
            status = fail(error)
        }
        guard status == .success else { throw ExitCode(status.rawValue) }
    }

    /// With what the run itself does not know.
    private static func whole(_ status: ExitStatus) -> ExitStatus {
        // Whoever keeps the output in a file must not take a part of it for all.
        if let failure = Console.failure { return max(status, fail(failure)) }
        // A run that stopped half-way reports what it did; that everything else is not done is the interrupt's doing.
        return status != .success && isInterrupted.load(ordering: .relaxed) ? fail(RunError.interrupted) : status
    }

    private static let isInterrupted = Atomic(false)

    /// The first interrupt lets the document in hand be finished, the second ends the process.
    private static func interruptSource(_ cancel: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        nonisolated(unsafe) var count = 0  // Safe because only this source's serial handler touches it.
        source.setEventHandler {
            count += 1
            isInterrupted.store(true, ordering: .relaxed)
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
