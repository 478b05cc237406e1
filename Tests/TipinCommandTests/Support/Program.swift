import Foundation
import TipinTestSupport

/// Starts a program, waits for it with a limit, and takes what it wrote.
enum Program {
    static let secondsAtMost = 60

    /// - Parameters:
    ///   - input: what it reads from standard input.
    ///   - device: takes standard output in place of the invocation.
    ///   - started: is told the process's id.
    static func run(
        _ path: String, _ arguments: [String], in folder: String, environment: [String: String],
        input: String? = nil, output device: String? = nil, started: @escaping @Sendable (Int32) -> Void = { _ in }
    ) async throws -> Invocation {
        let scratch = try TemporaryFolder()
        defer { extendLifetime(scratch) }
        var process = ChildProcess(path, arguments)
        process.folder = folder
        process.environment = environment
        // Files and not pipes: a child that outlives the program cannot keep the test waiting for the end.
        process.input = try scratch.write(input ?? "", to: "stdin")
        process.output = device ?? scratch.path + "/stdout"
        process.errors = scratch.path + "/stderr"
        process.secondsAtMost = secondsAtMost
        let program = process
        let status = try await ProgramPlaces.all.run { try await ended(program, started) }
        return Invocation(
            arguments: arguments, status: status,
            output: device == nil ? String(decoding: try scratch.read("stdout"), as: UTF8.self) : "",
            errors: String(decoding: try scratch.read("stderr"), as: UTF8.self))
    }

    /// The place of a program of the machine, if it has it.
    static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Waits on a thread of its own: the test's tasks go on meanwhile.
    private static func ended(
        _ process: ChildProcess, _ started: @escaping @Sendable (Int32) -> Void
    ) async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try process.run(started: started) }) }
        }
    }
}
