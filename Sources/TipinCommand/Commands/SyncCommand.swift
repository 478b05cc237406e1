import ArgumentParser
import Tipin
import TipinDiagnostics
import TipinDocument

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Upload what is pending and download what is missing.",
        discussion: """
            With paths: what those documents name, and with --in-place or --output the documents are rewritten with \
            what came. Without: all of the catalog.
            """)

    @Argument(help: "Files and folders; none for all of the catalog.", transform: PathArgument.read)
    var paths: [String] = []

    @Flag(help: "Also try again what the remote refused for good.")
    var retryFailed = false

    @OptionGroup(title: "Documents") var documents: DocumentOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let command = self
        try await Session.run {
            command.paths.isEmpty ? try await command.syncCatalog() : try await command.documentRun.run()
        }
    }

    private var documentRun: DocumentRun {
        var run = DocumentRun(
            name: "sync", stages: .sync, profile: .device, paths: paths, common: common, documents: documents)
        run.alwaysWorks = true
        run.retriesFailed = retryFailed
        run.needs = .remote
        return run
    }

    private func syncCatalog() async throws -> ExitStatus {
        guard documents.plan == nil else { throw RunError.usage(Self.planNeedsPaths) }
        let file = try ReportOutput.file(documents.report, common.host)
        let settings = try SettingsResolver(common.overrides).settings(for: nil)
        var access = Access(catalog: .writes, reachesRemote: true)
        access.needs = .remote
        let workspace = try Workspace(settings, host: common.host, access: access)
        defer { workspace.close() }
        var options = RunOptions(paths: [], profile: .device, destination: .nowhere)
        options.retriesFailed = retryFailed
        var report = try await SyncRun(workspace, options).run()
        report.apply(settings.severities)
        return try ReportOutput(common: common, file: file).write(report, options: options)
    }

    private static let planNeedsPaths = Problem(
        .usage, "--plan is for documents", help: ["name files or folders, or leave --plan out"])
}
