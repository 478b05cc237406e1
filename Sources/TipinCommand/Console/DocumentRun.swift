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
        try documents.checkFiles()
        if paths.contains("-") { return try await runLines() }
        guard documents.rejects == nil else { throw RunError.usage(Self.rejectsNeedLines) }
        var overrides = common.overrides
        sources?.apply(to: &overrides)
        overrides.requiresCatalog = false
        var total = RunReport(command: name)
        var options = RunOptions(paths: paths, profile: profile, destination: documents.destination)
        let groups = try SettingsResolver(overrides).groups(of: paths)
        let reportFile = try ReportOutput.file(
            documents.report, besides: groups, common.host, destination: documents.destination)
        if documents.prune { try OutputPrune.check(paths, workingFolder: common.host.workingFolder) }
        var check = DestinationCheck(options.destination)
        try check.check(groups, host: common.host)
        let changes = try ChangeOutput(common, showsDifferences: documents.diff)
        let recording = try self.recording(groups, changes)
        total.diagnostics = recording.plan?.diagnostics ?? []
        do {
            for group in groups {
                options = try self.options(for: group.paths)
                total.isDryRun = options.destination.leavesDocuments
                var report = try await run(group, options, recording)
                report.apply(group.settings.severities)
                total.add(report)
            }
            if documents.prune {
                try await OutputPrune(documents.destination, host: common.host)?.run(groups, recording, &total)
            }
            try await recording.end(&total)
        } catch {
            await recording.plan?.discard()
            throw error
        }
        if changes.show != nil, total.isDryRun, let problem = ChangeOutput.notShown(total) {
            total.diagnostics.append(Diagnostic(problem))
        }
        total.undo = groups.first.flatMap { common.undoCommand(total, $0.settings) }
        options.paths = paths
        return try changes.reportOutput(file: reportFile).write(total, options: options)
    }

    private func recording(_ groups: [PathGroup], _ changes: ChangeOutput) throws -> Recording {
        let host = common.host
        let plan = try documents.plan.map { file in
            try PlanWriter(
                Environment.absolute(file), command: name, paths: paths.map(Environment.absolute),
                dataFolder: groups.first?.settings.dataFolder, clock: host.clock)
        }
        let journal = Journal(command: name, destination: documents.destination, clock: host.clock)
        return Recording(journal, plan: plan, show: changes.show)
    }

    /// Lines in, lines out: what is said of them goes to standard error.
    private func runLines() async throws -> ExitStatus {
        guard paths.count == 1, documents.destination == .nowhere, !documents.diff, !common.printsPatches else {
            throw RunError.usage(StandardInput.standsAlone)
        }
        var overrides = common.overrides
        sources?.apply(to: &overrides)
        overrides.requiresCatalog = false
        let settings = try SettingsResolver(overrides).settings(for: nil)
        var options = try options(for: paths)
        options.wouldSend = stages.sends && documents.dryRun
        let kept = try ReportOutput.file(documents.report, common.host).map { try SpooledReport($0) }
        let rejects = try documents.rejects.map { try RejectsFile(Environment.absolute($0)) }
        do {
            return try await runLines(settings, options, LineStreams.open(rejects: rejects, kept), kept)
        } catch {
            rejects?.discardIfEmpty()
            throw error
        }
    }

    private func runLines(
        _ settings: Settings, _ options: RunOptions, _ streams: LineRun.Streams, _ kept: SpooledReport?
    ) async throws -> ExitStatus {
        let workspace = try workspace(settings, works: !documents.dryRun)
        defer { workspace.close() }
        let source = StandardInput.lines(limit: settings.documentLimit)
        var report = try await LineRun(workspace, options, stages).run(command: name, source, streams)
        report.isDryRun = documents.dryRun
        let status = try ReportOutput(common: common, leavesOutputAlone: true).write(report, options: options)
        try await kept?.write(report)
        return status
    }

    private static let rejectsNeedLines = Problem(
        .usage, "--rejects is for lines from standard input",
        help: ["give '-' in place of the paths, or leave --rejects out"])

    private func options(for paths: [String]) throws -> RunOptions {
        var options = RunOptions(paths: paths, profile: profile, destination: documents.destination)
        documents.apply(to: &options)
        try sources?.apply(to: &options)
        options.verifiesRemote = verifiesRemote
        options.retriesFailed = retriesFailed
        options.fetchesKnownAssets = name == "sync"
        options.wouldSend = stages.sends && !alwaysWorks && options.destination == .nowhere
        return options
    }

    private func run(
        _ group: PathGroup, _ options: RunOptions, _ recording: Recording
    ) async throws -> RunReport {
        let workspace = try workspace(group.settings, works: alwaysWorks || options.destination != .nowhere)
        defer { workspace.close() }
        return try await RewriteRun(workspace, options, stages).run(command: name, recording: recording)
    }

    /// - Parameter works: `false` for a dry run, which creates nothing and asks nobody.
    private func workspace(_ settings: Settings, works: Bool) throws -> Workspace {
        var access = Access(
            // `resolve` reads the catalog and changes it never.
            catalog: works && stages.recovers ? .writes : .reads, reachesLegacyHosts: works && stages.imports,
            reachesRemote: works && stages.sends)
        access.needs = needs
        return try Workspace(settings, host: common.host, access: access)
    }
}
