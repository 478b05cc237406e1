internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// `apply`: carries a plan out, whole or not at all (RULES 5 "--plan").
package struct ApplyRun: Sendable {
    /// What a person asked for.
    package struct Options: Sendable {
        /// Absolute.
        package var plan: String
        /// Where documents may be changed; none for below the working folder.
        package var paths: [String]
        package var isDryRun = false
        package var followsLinks = false

        package init(plan: String, paths: [String]) {
            self.plan = plan
            self.paths = paths
        }
    }

    private let settings: Settings
    private let host: Host
    private let options: Options

    package init(_ settings: Settings, host: Host, _ options: Options) {
        self.settings = settings
        self.host = host
        self.options = options
    }

    /// The configuration's PATH: the first of the plan's that may be changed.
    /// - Throws: `ChangeError` where the file is no plan.
    package static func configurationPath(of options: Options, workingFolder: String) throws -> String? {
        if let path = options.paths.first { return path }
        let lines = try PlanLines.read(options.plan, limit: 64 << 20)
        let roots = PlanRoots(options.paths, workingFolder: workingFolder)
        return lines.header.paths.first(where: roots.allow)
    }

    /// - Parameter show: is shown each change after it was made, or in a dry run would be.
    /// - Throws: `ChangeError` where the plan as a whole cannot be used; what concerns a document is in the report.
    package func run(show: (@Sendable (FileDifference) -> Void)? = nil) async throws -> RunReport {
        var report = RunReport(command: "apply")
        report.isDryRun = options.isDryRun
        let header = try lines().header
        let folder = settings.dataFolder.map(Paths.real)
        let roots = PlanRoots(options.paths, workingFolder: host.workingFolder)
        if let own = header.dataFolder, folder.map({ Paths.areEqual(own, $0) }) != true {
            // The folder that is named leads to the configuration, and so to the data folder.
            if options.paths.isEmpty, !header.paths.isEmpty, !header.paths.contains(where: roots.allow) {
                throw ChangeError.planElsewhere(header.paths)
            }
            throw ChangeError.planForeign(own, settings.dataFolder ?? "none")
        }
        let workspace = try workspace()
        defer { workspace.close() }
        let check = PlanCheck(workspace, roots: roots)
        // All of it is looked at before any of it is done.
        try await eachWindow { window in
            for (document, result) in await checked(window, check) {
                report.documents += 1
                switch result {
                case .success(let step):
                    guard options.isDryRun, !step.isDone, step.bytes != step.new else { continue }
                    report.changedDocuments += 1
                    show?(FileDifference(document.change, from: step.bytes, to: step.new))
                case .failure(let refusal):
                    report.failedDocuments += 1
                    report.diagnostics.append(
                        Diagnostic(refusal.problem, at: Place(file: document.change.label)))
                }
            }
        }
        guard report.errorCount == 0, !options.isDryRun else { return report }
        let journal = Journal(command: "apply", destination: .inPlace, clock: host.clock)
        var leftovers = Leftovers(followsLinks: options.followsLinks)
        try await eachWindow { window in
            // All of them were found to be where this run may write.
            report.diagnostics += leftovers.clear(beside: window.map(\.change.path))
            try await apply(await checked(window, check), workspace, journal, &report, show)
        }
        try await journal.end()
        report.run = await journal.id
        if report.errorCount == 0 { try workspace.catalog?.writeIfOpen { try $0.removePlan(header.id) } }
        return report
    }

    // MARK: Reading

    private func lines() throws -> PlanLines {
        try PlanLines.read(options.plan, limit: 4 * settings.documentLimit + (1 << 20))
    }

    private func workspace() throws -> Workspace {
        let hasCatalog = settings.dataFolder.map { Paths.exists(Workspace.catalogPath(settings, $0)) } ?? false
        return try Workspace(
            settings, host: host, access: Access(catalog: hasCatalog && !options.isDryRun ? .writes : .reads))
    }

    private func eachWindow(_ body: ([Plan.Document]) async throws -> Void) async throws {
        var lines = try lines()
        var window: [Plan.Document] = []
        var filling = ChangeWindow()
        while let document = try lines.next() {
            window.append(document)
            filling.add(document.change)
            guard filling.isFull else { continue }
            try Task.checkCancellation()
            try await body(window)
            (window, filling) = ([], ChangeWindow())
        }
        try await body(window)
    }

    private func checked(
        _ window: [Plan.Document], _ check: PlanCheck
    ) async -> [(Plan.Document, Result<PlanCheck.Step, PlanCheck.Refusal>)] {
        await window.concurrentMap(limit: host.jobs) { document in
            do throws(PlanCheck.Refusal) {
                return (document, .success(try check.check(document)))
            } catch {
                return (document, .failure(error))
            }
        }
    }

    // MARK: Doing

    private func apply(
        _ window: [(Plan.Document, Result<PlanCheck.Step, PlanCheck.Refusal>)], _ workspace: Workspace,
        _ journal: Journal, _ report: inout RunReport, _ show: (@Sendable (FileDifference) -> Void)?
    ) async throws {
        var steps: [PlanCheck.Step] = []
        for (document, result) in window {
            switch result {
            case .success(let step): steps.append(step)
            // It changed since the first look.
            case .failure(let refusal):
                report.failedDocuments += 1
                report.diagnostics.append(Diagnostic(refusal.problem, at: Place(file: document.change.label)))
            }
        }
        var batch = Journal.Batch()
        var assets: Set<NamedAsset> = []
        for index in steps.indices {
            // The way back leads to where the bytes are, whatever becomes of the link.
            if options.followsLinks { steps[index].document.change.followLinks() }
            let made = try link(steps[index].document, workspace)
            assets.formUnion(made.assets + steps[index].document.assets)
            if !steps[index].isDone, steps[index].hasChange {
                steps[index].document.change.links = made.steps.isEmpty ? nil : made.steps
                batch.changes.append(steps[index].document.change)
            } else {
                let path = steps[index].document.change.path
                batch.links += made.steps.map { RecordedLinks($0, ofDocumentAt: path) }
            }
        }
        batch.assets = assets.sorted { $0.assetID < $1.assetID }
        try await journal.record(batch, in: try workspace.journalFolder())
        let writer = ChangeWriter(followsLinks: options.followsLinks, failpoint: host.failpoint)
        let written = steps.filter { !$0.isDone && $0.hasChange }
        let failures = await written.concurrentMap(limit: host.jobs) { step in
            await writer.write(step.document.change, from: step.bytes, to: step.new, isUndoing: false)
        }
        for (step, failure) in zip(written, failures) {
            let change = step.document.change
            if let failure {
                report.failedDocuments += 1
                report.diagnostics.append(Diagnostic(failure.problem, at: Place(file: change.label)))
                if failure.leavesChange { report.writtenFiles.append(change.label) }
                await journal.note(failure, of: change.path)
                continue
            }
            report.changedDocuments += 1
            report.changedMentions += change.mentionCount
            report.writtenFiles.append(change.label)
            show?(FileDifference(change, from: step.bytes, to: step.new))
        }
    }

    private func link(
        _ document: Plan.Document, _ workspace: Workspace
    ) throws -> (steps: [LinkStep], assets: [NamedAsset]) {
        guard let catalog = workspace.catalog, !document.links.isEmpty else { return ([], []) }
        return try catalog.write { writer in
            let steps = try document.links.map { try writer.carryOut($0).step }.filter { !$0.isEmpty }
            let old = Set(steps.flatMap { ($0.before + $0.displaced).map(\.assetID) }).sorted()
            let rows = try writer.reader.assets(withIDs: old)
            return (steps, rows.map { NamedAsset(assetID: $0.id, sha256: $0.sha256) })
        }
    }
}

extension PlanCheck.Step {
    /// Whether a file is to be written.
    fileprivate var hasChange: Bool {
        bytes != new || document.change.sidecar.map { $0.before != $0.after } ?? false
    }
}

extension Catalog {
    fileprivate func writeIfOpen(_ body: (CatalogWriter) throws -> Void) throws {
        if mode != .readOnly { try write(body) }
    }
}
