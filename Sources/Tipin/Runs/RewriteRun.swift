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
        try checkNames(files)
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        var survey = Survey()
        if stages.makesLinks && workspace.importer != nil { await take(files, owners, &survey) }
        let sync = stages.sends && workspace.importer != nil ? Sync(workspace, options) : nil
        var position = 0
        while position < files.count {
            try Task.checkCancellation()
            let window = await nextWindow(files, &position, &survey)
            try await work(window, owners, survey.contestedCovers, sync, &report)
        }
        report.uploads += await sync?.uploadCount ?? 0
        report.importedAssets = workspace.tally.count
        report.importedBytes = workspace.tally.bytes
        if report.documents == 0 && report.errorCount == 0 { report.diagnostics.append(Diagnostic(Self.noDocuments)) }
        return report
    }

    // MARK: Which documents

    private func documentFiles() throws -> [DocumentFile] {
        var skipped: Set<String> = []
        if let folder = workspace.settings.dataFolder { skipped.insert(Paths.real(folder)) }
        if case .folder(let folder) = options.destination { skipped.insert(Paths.real(folder)) }
        return try DocumentWalk(
            workingFolder: workspace.host.workingFolder, exclude: workspace.settings.exclude, skippedFolders: skipped
        ).files(in: options.paths)
    }

    /// Two documents must not be written to one name; told before anything is done.
    private func checkNames(_ files: [DocumentFile]) throws {
        guard case .folder = options.destination else { return }
        var names: Set<String> = []
        for file in files where !names.insert(file.relativePath).inserted {
            throw RunError.outputCollision(file.relativePath)
        }
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

    // MARK: Through the stages

    private func work(
        _ files: [LoadedFile], _ owners: OwnerBooks, _ contestedCovers: Set<Entity>, _ sync: Sync?,
        _ report: inout RunReport
    ) async throws {
        var works: [WorkDocument] = []
        var ranges: [Range<Int>] = []
        var refused: [Int] = []
        for file in files {
            let start = works.count
            refused.append(admit(file, owners, &works, &report))
            ranges.append(start..<works.count)
        }
        var outcomes = try await Import(workspace, options, stages).run(works)
        let findings = try link(works, outcomes, contestedCovers)
        try await sync?.run(&outcomes, works)
        let rewrite = Rewrite(workspace: workspace, options: options)
        let parts = zip(files, ranges).map { file, range in
            (file, range.map { Rewrite.Part(work: works[$0], outcomes: outcomes[$0], findings: findings[$0]) })
        }
        let output = DocumentOutput(options)
        let refusals = refused
        let written = await parts.enumerated().map { ($0, $1.0, $1.1) }.concurrentMap(limit: workspace.host.jobs) {
            index, file, parts -> (RewrittenFile, DocumentOutput.Outcome) in
            let rewritten = rewrite.run(file, parts)
            // What is no document, or none that could be read, is not written anywhere.
            guard !file.documents.isEmpty else { return (rewritten, .unchanged) }
            let isRefused = rewritten.refusedDocuments > 0 || refusals[index] > 0
            return (rewritten, output.write(rewritten, keepsOlder: isRefused && !file.file.isLines))
        }
        for (index, (file, outcome)) in written.enumerated() {
            add(file, outcome, parts[index].1, &report)
        }
    }

    /// The documents of a file that this run may work on.
    /// - Returns: how many it may not.
    private func admit(
        _ file: LoadedFile, _ owners: OwnerBooks, _ works: inout [WorkDocument], _ report: inout RunReport
    ) -> Int {
        var refused = 0
        report.diagnostics += file.diagnostics
        report.failedDocuments += file.diagnostics.count { $0.severity == .error }
        if file.isForeign { report.foreignFiles += 1 }
        for document in file.documents {
            report.documents += 1
            report.mentions += document.collected.mentions.count
            let place = Place(file: file.file.label, line: document.line)
            guard let book = owners.owner(of: document.collected, at: file.file.path) else {
                // A document that names no picture needs no book.
                guard !document.collected.mentions.isEmpty else { continue }
                report.diagnostics.append(Diagnostic(OwnerBooks.unknown, at: place))
                report.failedDocuments += 1
                refused += 1
                continue
            }
            guard !owners.isForeign(book) else {
                report.diagnostics.append(Diagnostic(OwnerBooks.foreign(book), at: place))
                // Untouched; but what was not published must not stand among what was.
                if options.profile == .publish { refused += 1 }
                continue
            }
            works.append(WorkDocument(file.file, document, book: book))
        }
        return refused
    }

    private func link(
        _ works: [WorkDocument], _ outcomes: [[MentionOutcome]], _ contestedCovers: Set<Entity>
    ) throws -> [[MentionFinding]] {
        guard stages.makesLinks, workspace.importer != nil, let catalog = workspace.catalog else {
            return works.map { _ in [] }
        }
        let links = DocumentLinks(
            catalog: catalog, preference: options.preference, contestedCovers: contestedCovers)
        return try zip(works, outcomes).map { try links.make($0, $1) }
    }

    private func add(
        _ file: RewrittenFile, _ outcome: DocumentOutput.Outcome, _ parts: [Rewrite.Part], _ report: inout RunReport
    ) {
        report.diagnostics += file.diagnostics
        report.failedDocuments += file.refusedDocuments
        report.plannedMentions += parts.reduce(0) { $0 + $1.outcomes.count(where: \.isPlanned) }
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
