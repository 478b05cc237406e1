import Foundation
import Testing
import TipinTestSupport

/// A validator that shares nothing with tipin: Python's `jsonschema`.
enum SchemaJudge {
    static let reason: Comment = "python3 with the package jsonschema is not installed"

    /// Whether this machine has it.
    static func isThere() async throws -> Bool {
        guard let python = Program.path(of: "python3") else { return false }
        let run = try await Program.run(
            python, ["-c", "import jsonschema, referencing"], in: "/", environment: environment)
        return run.status == 0
    }

    /// Holds files against schemas.
    /// - Parameter files: each a schema's name, with a fragment where it is a part, and a file of the desk.
    /// - Returns: how many values were looked at.
    static func expect(
        _ files: [(schema: String, name: String)], at desk: Desk, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Int {
        let arguments = files.map { "\($0.schema)=\(desk.path($0.name))" }
        let run = try await Program.run(
            try #require(Program.path(of: "python3")), [Checkout.path("Tests/validate-output.py")] + arguments,
            in: desk.path, environment: environment)
        #expect(run.status == 0, "\(run.errors)", sourceLocation: sourceLocation)
        return Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    private static let environment = [
        "PYTHONDONTWRITEBYTECODE": "1", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        "HOME": ProcessInfo.processInfo.environment["HOME"] ?? "/",
    ]
}
