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
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tipin-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files and not pipes: a child that outlives the program cannot keep the test waiting for the end.
        let output = scratch.appendingPathComponent("stdout")
        let errors = scratch.appendingPathComponent("stderr")
        let input = try Self.file(holding: input ?? "", in: scratch)
        var process = ChildProcess(path, arguments)
        process.folder = folder
        process.environment = environment
        (process.input, process.output, process.errors) = (input.path, device ?? output.path, errors.path)
        process.secondsAtMost = secondsAtMost
        let program = process
        let status = try await ProgramPlaces.all.run { try await ended(program, started) }
        return Invocation(
            arguments: arguments, status: status, output: device == nil ? try text(output) : "",
            errors: try text(errors))
    }

    private static func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
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

    private static func file(holding text: String, in folder: URL) throws -> URL {
        let url = folder.appendingPathComponent("stdin")
        try Data(text.utf8).write(to: url)
        return url
    }
}
