import Foundation

/// Starts a program, waits for it with a limit, and takes what it wrote.
enum Program {
    static let secondsAtMost = 60

    /// - Parameters:
    ///   - device: takes standard output in place of the invocation.
    ///   - started: is told the process's id.
    static func run(
        _ path: String, _ arguments: [String], in folder: String, environment: [String: String],
        output device: String? = nil, started: @escaping @Sendable (Int32) -> Void = { _ in }
    ) async throws -> Invocation {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tipin-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files and not pipes: a child that outlives the program cannot keep the test waiting for the end.
        let output = scratch.appendingPathComponent("stdout")
        let errors = scratch.appendingPathComponent("stderr")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try device.map { FileHandle(forWritingAtPath: $0) } ?? Self.emptyFile(output)
        process.standardError = try Self.emptyFile(errors)
        try await ProgramPlaces.all.run { try await ended(process, started) }
        let hasExited = process.terminationReason == .exit
        return Invocation(
            arguments: arguments, status: hasExited ? process.terminationStatus : 128 + process.terminationStatus,
            output: device == nil ? try text(output) : "", errors: try text(errors))
    }

    private static func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// The place of a program of the machine, if it has it.
    static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func ended(_ process: Process, _ started: @escaping @Sendable (Int32) -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
                return
            }
            let id = process.processIdentifier
            started(id)
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(secondsAtMost)) {
                if process.isRunning { kill(id, SIGKILL) }
            }
        }
    }

    private static func emptyFile(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
