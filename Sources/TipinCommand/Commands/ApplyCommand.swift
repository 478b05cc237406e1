import ArgumentParser
import Tipin

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Carry out a plan that was made with --plan.",
        discussion: """
            The plan is looked at whole before any of it is done: if a document changed since, or a picture is not \
            here any more, nothing is written. Only documents below the working folder, or below a PATH, may be changed.
            """)

    @Argument(help: "The plan.", transform: PathArgument.read)
    var plan: String

    @Argument(
        help: ArgumentHelp("Folders that the plan may change documents in.", valueName: "path"),
        transform: PathArgument.read)
    var paths: [String] = []

    @Flag(help: "Say what would change and write nothing.")
    var dryRun = false

    @Flag(help: "Show each change: where it is, what stood there, what stands there now.")
    var diff = false

    @Flag(help: "Write through symbolic links, and cut hard links off.")
    var followLinks = false

    @Option(help: ArgumentHelp("Write the run's report as JSON.", valueName: "file"), transform: PathArgument.read)
    var report: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run { try await command.apply() }
    }

    private func apply() async throws -> ExitStatus {
        let changes = try ChangeOutput(common, showsDifferences: diff)
        let file = try ReportOutput.file(self.report, common.host)
        var options = ApplyRun.Options(plan: Environment.absolute(plan), paths: paths)
        options.isDryRun = dryRun
        options.followsLinks = followLinks
        let host = common.host
        let path = try ApplyRun.configurationPath(of: options, workingFolder: host.workingFolder)
        let settings = try SettingsResolver(common.overrides).settings(for: path)
        var report = try await ApplyRun(settings, host: host, options).run(show: changes.show)
        report.apply(settings.severities)
        report.undo = common.undoCommand(report, settings)
        return try changes.reportOutput(file: file).write(report)
    }
}
