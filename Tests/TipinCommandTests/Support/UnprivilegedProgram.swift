import Glibc
import Testing
import TipinTestSupport

/// A program that the rights of files hold for, also where the tests run as root: `setpriv` then takes the capabilities
/// that look past them.
enum UnprivilegedProgram {
    static let reason: Comment = "the tests run as root, and setpriv cannot take root's rights away"

    private static let flags = ["--bounding-set", "-dac_override,-dac_read_search", "--inh-caps=-all"]

    /// Whether there is a way to be refused a file.
    static func isThere() async throws -> Bool {
        let folder = try TemporaryFolder()
        defer { extendLifetime(folder) }
        let file = try folder.write("", to: "locked")
        guard chmod(file, 0) == 0 else { return false }
        guard let (program, arguments) = command("/bin/cat", [file]) else { return false }
        return try await Program.run(program, arguments, in: "/", environment: [:]).status == 1
    }

    static func run(_ program: String, _ arguments: [String], at desk: Desk) async throws -> Invocation {
        let (program, arguments) = try #require(command(program, arguments))
        return try await Program.run(program, arguments, in: desk.path, environment: ["HOME": desk.path])
    }

    private static func command(_ program: String, _ arguments: [String]) -> (String, [String])? {
        guard geteuid() == 0 else { return (program, arguments) }
        return Program.path(of: "setpriv").map { ($0, flags + [program] + arguments) }
    }
}
