internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `migrate`, `resolve`, `publish` and `sync PATH…`: documents go through the stages, some at a time.
package struct RewriteRun: Sendable {
    /// Which stages a command is made of (DESIGN "Six stages").
    package struct Stages: Sendable, Equatable {
        /// Addresses are read and become assets.
        package var imports: Bool
        /// Bytes of known assets are brought here.
        package var recovers: Bool
        package var sends: Bool
        package var makesLinks: Bool

        package static let migrate = Stages(imports: true, recovers: true, sends: false, makesLinks: true)
        package static let sync = Stages(imports: false, recovers: true, sends: true, makesLinks: true)
        package static let resolve = Stages(imports: false, recovers: false, sends: false, makesLinks: false)
        package static let publish = Stages(imports: true, recovers: true, sends: true, makesLinks: true)
    }

    let workspace: Workspace
    let options: RunOptions
    let stages: Stages
    private let collect: Collect
    /// Documents that are worked on together: enough to keep both the image worker and the disk busy.
    private static let windowCount = 32
    private static let windowBytes = 32 << 20

    package init(_ workspace: Workspace, _ options: RunOptions, _ stages: Stages) {
        self.workspace = workspace
        self.options = options
        self.stages = stages
        collect = Collect(workspace.settings)
    }

    /// - Throws: what makes the whole run impossible; what concerns a document is in the report.
    package func run(command: String) async throws -> RunReport {
        var report = RunReport(command: command)
        report.isDryRun = options.destination == .nowhere
        report.diagnostics = workspace.settings.ignored.map { Diagnostic($0) }
        let files = try documentFiles()
        report.diagnostics += DocumentOutput(options).clearLeftovers(of: files)
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        var survey = Survey()
        if stages.makesLinks && workspace.importer != nil { await take(files, owners, &survey) }
        let reader = AddressReader(
            settings: workspace.settings, substitutions: options.substitutionsByAddress, fetcher: nil, remote: nil)
        let contested = try await survey.covers.contested(reader, workspace.catalog)
        let sync = stages.sends && workspace.importer != nil ? Sync(workspace, options) : nil
        let pipeline = DocumentPipeline(
            workspace: workspace, options: options, stages: stages, owners: owners,
            contestedCovers: contested, sync: sync)
        var position = 0
        while position < files.count {
            try Task.checkCancellation()
            let window = await nextWindow(files, &position, &survey)
            await write(try await pipeline.rewrite(window, &report), &report)
        }
        report.uploads += await sync?.uploadCount ?? 0
        report.importedAssets = workspace.tally.count
        report.importedBytes = workspace.tally.bytes
        if report.documents == 0 && report.errorCount == 0 { report.diagnostics.append(Diagnostic(Self.noDocuments)) }
        return report
    }

    // MARK: Which documents

    private func documentFiles() throws -> [DocumentFile] {
        let host = workspace.host
        var check = DestinationCheck(options.destination)
        try check.check(options.paths, workingFolder: host.workingFolder)
        let walk = DocumentWalk(
            workspace.settings, workingFolder: host.workingFolder, destination: options.destination)
        let files = try walk.files(in: options.paths)
        try check.add(files)
        return files
    }

    private func take(_ files: [DocumentFile], _ owners: OwnerBooks, _ survey: inout Survey) async {
        for start in stride(from: 0, to: files.count, by: Self.windowCount) {
            let window = Array(files[start..<min(start + Self.windowCount, files.count)])
            let loaded = await window.concurrentMap(limit: workspace.host.jobs) { [collect] in collect.load($0) }
            for file in loaded { survey.add(file, owners: owners) }
        }
    }

    private func nextWindow(
        _ files: [DocumentFile], _ position: inout Int, _ survey: inout Survey
    ) async -> [LoadedFile] {
        var bytes = 0
        var window: [LoadedFile?] = []
        var missing: [(Int, DocumentFile)] = []
        while position < files.count, window.count < Self.windowCount, bytes < Self.windowBytes {
            let file = files[position]
            let kept = survey.take(file)
            if kept == nil { missing.append((window.count, file)) }
            bytes += kept?.bytes.count ?? Paths.size(of: file.path)
            window.append(kept)
            position += 1
        }
        let loaded = await missing.concurrentMap(limit: workspace.host.jobs) { [collect] in
            ($0.0, collect.load($0.1))
        }
        for (index, file) in loaded { window[index] = file }
        return window.compactMap { $0 }
    }

    // MARK: Writing

    private func write(
        _ files: [DocumentPipeline.Outcome], _ report: inout RunReport
    ) async {
        let output = DocumentOutput(options, failpoint: workspace.host.failpoint)
        let profile = options.profile
        let written = await files.concurrentMap(limit: workspace.host.jobs) { file -> DocumentOutput.Outcome in
            // What is no document, or none that could be read, is not written anywhere.
            guard !file.rewritten.loaded.documents.isEmpty else { return .unchanged }
            // Elsewhere a document that was not done is handed on as it is.
            let keepsOlder = profile == .publish && !file.rewritten.loaded.file.isLines && file.isRefused
            return output.write(file.rewritten, keepsOlder: keepsOlder)
        }
        for (file, outcome) in zip(files, written) { add(file.rewritten, outcome, &report) }
    }

    private func add(_ file: RewrittenFile, _ outcome: DocumentOutput.Outcome, _ report: inout RunReport) {
        switch outcome {
        case .unchanged where options.destination == .nowhere: report.changedDocuments += file.changedDocuments
        case .written:
            report.changedDocuments += max(file.changedDocuments, options.destination.isFolder ? 1 : 0)
            report.changedMentions += file.changedMentions
            report.writtenFiles.append(file.loaded.file.label)
        case .unchanged: break
        case .failed(let problem):
            // Nothing was removed after all.
            report.diagnostics.removeAll { $0.code == .srcRemoved && $0.place?.file == file.loaded.file.label }
            report.failedDocuments += 1
            report.diagnostics.append(Diagnostic(problem, at: Place(file: file.loaded.file.label)))
        }
    }

    static let noDocuments = Problem(
        .noDocuments, "no documents were found",
        notes: ["a document is a TipTap doc, a chapter, a book or a record, in *.json, *.ndjson or *.jsonl"],
        help: ["name a file or a folder that holds some"])
}
