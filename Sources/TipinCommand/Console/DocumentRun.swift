import Tipin
import TipinDiagnostics
import TipinDocument

/// What `migrate`, `sync`, `resolve` and `publish` have in common: each is a choice of stages and a profile.
struct DocumentRun: Sendable {
    let name: String
    let stages: RewriteRun.Stages
    let profile: Profile
    let paths: [String]
    let common: CommonOptions
    let documents: DocumentOptions
    var sources: SourceOptions?
    /// Imports and uploads happen even where no document is written.
    var alwaysWorks = false
    var verifiesRemote = true
    var retriesFailed = false
    var needs = Access.Need.nothing

    func run() async throws -> ExitStatus {
        var overrides = common.overrides
        sources?.apply(to: &overrides)
        overrides.requiresCatalog = false
        var total = RunReport(command: name)
        var settings: Settings?
        var options = RunOptions(paths: paths, profile: profile, destination: documents.destination)
        for group in try SettingsResolver(overrides).groups(of: paths) {
            settings = group.settings
            options = try self.options(for: group)
            total.isDryRun = options.destination == .nowhere
            total.add(try await run(group, options))
        }
        options.paths = paths
        return try ReportOutput(common: common, file: documents.report).write(total, settings, options: options)
    }

    private func options(for group: PathGroup) throws -> RunOptions {
        var options = RunOptions(paths: group.paths, profile: profile, destination: documents.destination)
        documents.apply(to: &options)
        try sources?.apply(to: &options)
        options.verifiesRemote = verifiesRemote
        options.retriesFailed = retriesFailed
        options.fetchesKnownAssets = name == "sync"
        options.wouldSend = stages.sends && !alwaysWorks && options.destination == .nowhere
        return options
    }

    private func run(_ group: PathGroup, _ options: RunOptions) async throws -> RunReport {
        let works = alwaysWorks || options.destination != .nowhere
        // `resolve` reads the catalog and changes it never.
        let catalog: Access.Catalog = works && stages.recovers ? .writes : .reads
        var access = Access(
            catalog: catalog, reachesLegacyHosts: works && stages.imports,
            reachesRemote: works && stages.sends)
        access.needs = needs
        let workspace = try Workspace(group.settings, host: common.host, access: access)
        defer { workspace.close() }
        return try await RewriteRun(workspace, options, stages).run(command: name)
    }
}
