import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinDocument

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find broken assets.",
        discussion: "Changes nothing and creates nothing. Asks the network only with --online.")

    @Argument(help: "Files and folders.")
    var paths: [String]

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("What the documents are to be good for.", valueName: "purpose"))
    var purpose = CheckOptions.Purpose.source

    @Flag(help: "Also ask the remote and the legacy hosts.")
    var online = false

    @Flag(help: "Read every blob and compare its digest.")
    var readData = false

    @Option(help: ArgumentHelp("The lightest severity that makes the exit status 1.", valueName: "severity"))
    var failOn = Severity.error

    @Option(help: ArgumentHelp("Findings of an earlier 'check --format json' that do not count.", valueName: "file"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write the run's report as JSON.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("A folder that holds what hosts served: <dir>/<host>/<path>.", valueName: "dir"))
    var mediaRoot: String?

    @Flag(help: "Also ask hosts with private addresses.")
    var allowPrivateHosts = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.check() }
    }

    private func check() async throws -> ExitStatus {
        var overrides = common.overrides
        overrides.mediaRoot = mediaRoot
        overrides.allowsPrivateHosts = allowPrivateHosts
        var total = RunReport(command: "check")
        for group in try SettingsResolver(overrides).groups(of: paths) {
            let access = Access(catalog: .reads, reachesLegacyHosts: online, reachesRemote: online)
            let workspace = try Workspace(group.settings, host: common.host, access: access)
            defer { workspace.close() }
            var options = CheckOptions(paths: group.paths)
            options.purpose = purpose
            options.isOnline = online
            options.readsData = readData
            let lines = try StandardInput.lines(ifIn: paths, limit: group.settings.documentLimit)
            var report = try await CheckRun(workspace, options).run(lines: lines)
            report.apply(group.settings.severities)
            total.add(report)
        }
        if let baseline { try Baseline(reading: Environment.absolute(baseline)).remove(from: &total) }
        return try say(total)
    }

    private func say(_ total: RunReport) throws -> ExitStatus {
        let findings = Report(total)
        switch common.format {
        case .json: Console.output(findings.findings())
        case .text: Console.output(findings.text(isColored: Environment.isColored(STDOUT_FILENO)))
        }
        if !common.quiet {
            if common.format == .json { Console.say(findings.summary()) } else { Console.output(findings.summary()) }
        }
        try ReportOutput(common: common, file: report).keep(findings)
        return findings.status(failingOn: failOn)
    }
}

extension CheckOptions.Purpose: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
