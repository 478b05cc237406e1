internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Takes files through import, sync and rewrite; what becomes of their new bytes is its caller's.
struct DocumentPipeline {
    /// A file with what became of it.
    struct Outcome: Sendable {
        var rewritten: RewrittenFile
        /// A document of it must not be written.
        var isRefused: Bool
        /// Of its documents.
        var links: [DocumentLinks.Outcome]
        /// Whose bytes are here and which its documents name now.
        var assets: [NamedAsset]
    }

    let workspace: Workspace
    let options: RunOptions
    let stages: RewriteRun.Stages
    let owners: OwnerBooks
    let contestedCovers: Set<Entity>
    /// `nil` in runs that send nothing.
    let sync: Sync?
    /// `nil` where documents cannot be read twice.
    var others: OtherDocuments?
    /// The folders of `--search`, which are read once in a run.
    let search: DigestSearch
    let comparisons = ComparisonCache()

    /// The files in their order. Figures and diagnostics go into the report.
    func rewrite(_ files: [LoadedFile], _ report: inout RunReport) async throws -> [Outcome] {
        var works: [WorkDocument] = []
        var ranges: [Range<Int>] = []
        var refused: [[Range<Int>]] = []
        for file in files {
            let start = works.count
            refused.append(admit(file, &works, &report))
            ranges.append(start..<works.count)
        }
        var outcomes = try await Import(workspace, options, stages, comparisons, others, search).run(works)
        let links = try link(works, outcomes)
        try await sync?.run(&outcomes, works)
        let rewrite = Rewrite(workspace: workspace, options: options)
        let parts = zip(files, ranges).map { file, range in
            (file, range.map { Rewrite.Part(work: works[$0], outcomes: outcomes[$0], findings: links[$0].findings) })
        }
        let rewritten = await parts.concurrentMap(limit: workspace.host.jobs) { rewrite.run($0.0, $0.1) }
        for file in rewritten {
            report.diagnostics += file.diagnostics
            report.failedDocuments += file.refusedDocuments
        }
        report.plannedMentions += outcomes.reduce(0) { $0 + $1.count(where: \.isPlanned) }
        return zip(zip(rewritten, refused), ranges).map { file, range in
            var outcome = Outcome(
                rewritten: file.0, isRefused: file.0.refusedDocuments > 0 || !file.1.isEmpty,
                links: Array(links[range]), assets: Self.assets(outcomes[range]))
            outcome.rewritten.refusedLines += file.1
            return outcome
        }
    }

    /// The documents of a file that this run may work on.
    /// - Returns: where those stand that it may not.
    private func admit(
        _ file: LoadedFile, _ works: inout [WorkDocument], _ report: inout RunReport
    ) -> [Range<Int>] {
        var refused: [Range<Int>] = []
        report.diagnostics += file.diagnostics
        report.failedDocuments += file.diagnostics.count { $0.severity == .error }
        if file.isForeign { report.foreignFiles += 1 }
        for document in file.documents {
            report.documents += 1
            report.mentions += document.collected.mentions.count
            let place = Place(file: file.file.label, line: document.line)
            let range = document.offset..<(document.offset + document.collected.bytes.count)
            guard let book = owners.owner(of: document.collected, at: file.file.path) else {
                // A document that names no picture needs no book.
                guard !document.collected.mentions.isEmpty else { continue }
                report.diagnostics.append(Diagnostic(OwnerBooks.unknown, at: place))
                report.failedDocuments += 1
                refused.append(range)
                continue
            }
            guard !owners.isForeign(book) else {
                report.diagnostics.append(Diagnostic(OwnerBooks.foreign(book), at: place))
                // Untouched; but what was not published must not stand among what was.
                if options.profile == .publish { refused.append(range) }
                continue
            }
            works.append(WorkDocument(file.file, document, book: book, workspace.settings))
        }
        return refused
    }

    private func link(
        _ works: [WorkDocument], _ outcomes: [[MentionOutcome]]
    ) throws -> [DocumentLinks.Outcome] {
        guard stages.makesLinks, workspace.importer != nil, let catalog = workspace.catalog else {
            return works.map { _ in DocumentLinks.Outcome() }
        }
        let links = DocumentLinks(
            catalog: catalog, preference: options.preference, contestedCovers: contestedCovers,
            isRehearsal: options.destination == .plan)
        return try zip(works, outcomes).map { try links.make($0, $1) }
    }

    private static func assets(_ outcomes: ArraySlice<[MentionOutcome]>) -> [NamedAsset] {
        var assets: Set<NamedAsset> = []
        for asset in outcomes.joined().lazy.compactMap(\.asset) where asset.blobPath != nil {
            if let row = asset.row { assets.insert(NamedAsset(assetID: row.id, sha256: row.sha256)) }
        }
        return assets.sorted { $0.assetID < $1.assetID }
    }
}
