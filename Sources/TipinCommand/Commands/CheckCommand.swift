import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinDocument

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find broken assets.",
        discussion: "Changes nothing and creates nothing. Asks the network only with --online.")

    @Argument(help: "Files and folders.", transform: PathArgument.read)
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

    @Option(
        help: ArgumentHelp("Findings of an earlier 'check --format json' that do not count.", valueName: "file"),
        transform: PathArgument.read)
    var baseline: String?

    @Option(help: ArgumentHelp("Write the run's report as JSON.", valueName: "file"), transform: PathArgument.read)
    var report: String?

    @Option(
        help: ArgumentHelp("A folder that holds what hosts served: <dir>/<host>/<path>.", valueName: "dir"),
        transform: PathArgument.read)
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
        let baseline = try baseline.map { try Baseline(reading: Environment.absolute($0)) }
        let isStream = paths.contains("-")
        let groups = try SettingsResolver(overrides).groups(of: paths)
        let file = try ReportOutput.file(report, besides: isStream ? [] : groups, common.host)
        let kept = try isStream ? file.map { try SpooledReport($0) } : nil
        var total = RunReport(command: "check")
        for group in groups {
            let access = Access(catalog: .reads, reachesLegacyHosts: online, reachesRemote: online)
            let workspace = try Workspace(group.settings, host: common.host, access: access)
            defer { workspace.close() }
            var options = CheckOptions(paths: group.paths)
            options.purpose = purpose
            options.isOnline = online
            options.readsData = readData
            let lines = try StandardInput.lines(ifIn: paths, limit: group.settings.documentLimit)
            // Of a stream what was found is said as it goes by: nobody knows how much will come.
            func judge(_ report: inout RunReport) {
                report.apply(group.settings.severities)
                baseline?.remove(from: &report)
            }
            let release = { (report: inout RunReport) in
                guard isStream else { return }
                judge(&report)
                let findings = report.releaseDiagnostics()
                try kept?.add(findings)
                say(findings)
            }
            var report = try await CheckRun(workspace, options).run(lines: lines, release: release)
            if isStream { try release(&report) } else { judge(&report) }
            total.add(report)
        }
        if !isStream { say(total.diagnostics) }
        let findings = Report(total)
        if !common.quiet {
            let summary = findings.summary(failingOn: failOn)
            if common.format == .json { Console.say(summary) } else { Console.output(summary) }
        }
        if let kept {
            try await kept.write(total)
        } else {
            try ReportOutput(common: common, file: file).keep(findings)
        }
        return findings.status(failingOn: failOn)
    }

    private func say(_ findings: [Diagnostic]) {
        switch common.format {
        case .json: Console.output(Report.findings(findings))
        case .text:
            let isColored = Environment.isColored(STDOUT_FILENO)
            Console.output(TerminalRenderer(isColored: isColored).render(findings))
        }
    }
}

extension CheckOptions.Purpose: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
