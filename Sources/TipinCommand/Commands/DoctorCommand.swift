import ArgumentParser
import Tipin

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is installed, reachable and writable.",
        discussion: "Changes nothing. Exit 0 means that everything tipin needs is there.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.examine() }
    }

    private func examine() async throws -> ExitStatus {
        var overrides = common.overrides
        overrides.requiresCatalog = false
        let settings = try SettingsResolver(overrides).settings(for: nil)
        let findings = await Doctor(settings, host: common.host, version: Version.text).examine()
        for finding in findings {
            Console.output("\(finding.state.word)  \(finding.subject): \(finding.words)\n")
            for line in finding.help { Console.output("      = help: \(line)\n") }
        }
        return findings.contains { $0.state == .bad } ? .failure : .success
    }
}
