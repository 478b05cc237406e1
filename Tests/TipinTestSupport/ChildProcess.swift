internal import Foundation
internal import Glibc

/// Runs a program and waits for its end.
///
/// By `posix_spawn(3)`: Foundation's `Process.run()` reads beyond its memory now and then where many hundred tests run
/// in one process.
package struct ChildProcess: Sendable {
    package var path: String
    package var arguments: [String]
    /// The test's own where `nil`.
    package var folder: String?
    /// The test's own where `nil`.
    package var environment: [String: String]?
    /// The files that stand for the three standard streams; what is written to is created, or emptied.
    package var input = "/dev/null"
    package var output = "/dev/null"
    package var errors = "/dev/null"
    /// It is killed after so long.
    package var secondsAtMost = 60

    package init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// Blocks until the program has ended.
    /// - Parameter started: is told the process's id.
    /// - Returns: the exit status, or 128 and the number of the signal that ended it.
    /// - Throws: `POSIXError` where it cannot be started.
    package func run(started: (Int32) -> Void = { _ in }) throws -> Int32 {
        let process = try start()
        started(process)
        let deadline = ContinuousClock.now + .seconds(secondsAtMost)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            if ContinuousClock.now > deadline { kill(process, SIGKILL) }
            usleep(2000)
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let creates = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, creates, 0o600)
        if errors == output {
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, creates, 0o600)
        }
        var process: pid_t = 0
        let variables = environment ?? ProcessInfo.processInfo.environment
        // env(1) goes into the folder and becomes the program: glibc hides its own call for that from Swift.
        let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [path] + arguments
        let failure = Self.withStrings(command) { arguments in
            Self.withStrings(variables.map { "\($0)=\($1)" }) { environment in
                posix_spawn(&process, command[0], &actions, nil, arguments, environment)
            }
        }
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        return process
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
