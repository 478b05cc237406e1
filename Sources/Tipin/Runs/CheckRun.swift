internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `check`: finds broken assets. Changes nothing and creates nothing.
package struct CheckRun: Sendable {
    private let workspace: Workspace
    private let options: CheckOptions
    private let collect: Collect

    package init(_ workspace: Workspace, _ options: CheckOptions) {
        self.workspace = workspace
        self.options = options
        collect = Collect(workspace.settings)
    }

    /// - Parameters:
    ///   - lines: read in place of the paths, where it is given.
    ///   - release: gets the report after each part of the documents, and may take what was found out of it: then
    ///     memory does not grow with the findings.
    package func run(
        lines: LineSource? = nil, release: (inout RunReport) throws -> Void = { _ in }
    ) async throws -> RunReport {
        var report = RunReport(command: "check")
        report.diagnostics = workspace.settings.ignored.map { Diagnostic($0) }
        var reader = try DocumentReader(
            workspace.settings, host: workspace.host, collect: collect, paths: options.paths, lines: lines
        ) { report.leaveOut($0) }
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        let judge = Judge(workspace, options)
        while let loaded = try await reader.next() {
            let pairs = loaded.map { file in
                (file, file.documents.map { owners.answer(for: $0.collected, at: file.file.path) })
            }
            let jobs = workspace.host.jobs
            let judged = try await pairs.concurrentMap(limit: jobs) { file, owners in
                try await Self.judge(file, owners, judge, jobs: pairs.count > 1 ? 1 : jobs)
            }
            for (file, findings) in zip(loaded, judged) { add(file, findings, &report) }
            try release(&report)
        }
        if report.documents == 0 && report.errorCount == 0 {
            report.diagnostics.append(
                Diagnostic(
                    lines == nil
                        ? RewriteRun.noDocuments(without: workspace.settings.exclude) : RewriteRun.noLines))
        }
        if workspace.catalog == nil && report.mentions > 0 {
            report.diagnostics.append(Diagnostic(notLookedAt))
        }
        return report
    }

    private static func judge(
        _ file: LoadedFile, _ owners: [OwnerBooks.Owner], _ judge: Judge, jobs: Int
    ) async throws -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for (document, owner) in zip(file.documents, owners) {
            diagnostics += try await judge.findings(in: document, of: file, owner: owner, jobs: jobs)
        }
        return diagnostics
    }

    private func add(_ file: LoadedFile, _ findings: [Diagnostic], _ report: inout RunReport) {
        report.diagnostics += file.diagnostics + findings
        report.failedDocuments += file.diagnostics.count { $0.severity == .error }
        if file.isForeign { report.foreignFiles += 1 }
        report.documents += file.documents.count
        report.mentions += file.documents.reduce(0) { $0 + $1.collected.mentions.count }
    }

    private var notLookedAt: Problem {
        Problem(
            .bytesNotLookedAt, "no catalog: the documents were judged alone",
            notes: [
                workspace.settings.dataFolder.map { "'\($0)' holds no catalog" } ?? "no data folder is named"
            ],
            help: ["name the data folder with --data-dir or in tipin.json to have the bytes looked at too"])
    }
}
