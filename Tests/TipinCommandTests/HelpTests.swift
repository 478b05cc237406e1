import Testing

struct HelpTests {
    static let commands = [
        "", "scan", "check", "migrate", "sync", "resolve", "publish", "apply", "undo", "assets", "assets list",
        "assets show", "assets add", "assets link", "assets unlink", "assets replace", "assets order", "assets probe",
        "assets thumbnail", "assets restrip", "assets why", "assets verify", "assets gc", "assets rebook", "explain",
        "doctor",
    ]

    @Test(arguments: commands) func `every command says how it is used`(command: String) async throws {
        let desk = try Desk()
        let words = command.split(separator: " ").map(String.init)
        let help = try await desk.tipin(words + ["--help"])
        #expect(help.status == 0)
        try Golden.expect([help], (["help"] + words).joined(separator: "-"), at: desk)
    }

    @Test func `the version is one line on standard output`() async throws {
        let desk = try Desk()
        let version = try await desk.tipin("--version")
        #expect(version.status == 0)
        #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        #expect(version.errors.isEmpty)
    }

    /// A command that is added without a test of its help is one that this suite does not know.
    @Test func `this suite knows every command`() async throws {
        let tool = try await ToolInfo.read()
        #expect(Set(tool.commands.map(\.name)).union([""]) == Set(Self.commands))
    }
}
