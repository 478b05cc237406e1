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
        let task = Task {
            try Environment.requireWorkingFolder()
            try Environment.requireValues()
            return try await body()
        }
        let sources = interruptSources { task.cancel() }
        defer { for source in sources { source.cancel() } }
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

    /// The first interrupt lets the document in hand be finished, whether a person presses keys, a service is stopped
    /// or a terminal goes. Keys that are pressed again end the process; a terminal that goes says so more than once.
    private static func interruptSources(
        _ cancel: @escaping @Sendable () -> Void
    ) -> [any DispatchSourceSignal] {
        var signals = [SIGINT, SIGTERM]
        // Whoever started the command so that it outlives its terminal (`nohup`) has it ignored already.
        if !isIgnored(SIGHUP) { signals.append(SIGHUP) }
        return signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isAgain = isInterrupted.exchange(true, ordering: .relaxed)
                if isAgain, number == SIGINT { _exit(ExitStatus.interrupted.rawValue) }
                cancel()
            }
            source.resume()
            return source
        }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        // Safe because a handler is an address, one of which means this.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static func fail(_ error: any Error) -> ExitStatus {
        let problem = error.problem
        Console.say(TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO)).render(Diagnostic(problem)))
        return ExitStatus(problem.code)
    }
}
