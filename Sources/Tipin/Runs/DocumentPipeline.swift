internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Takes files through import, sync and rewrite; what becomes of their new bytes is its caller's.
struct DocumentPipeline {
    /// A file with what became of it.
    struct Outcome: Sendable {
        var rewritten: RewrittenFile
        /// Why a document of it must not be written; `nil` where all may be.
        var refusal: Refusal?
        /// Of its documents.
        var links: [DocumentLinks.Outcome]
        /// Whose bytes are here and which its documents name now.
        var assets: [NamedAsset]
    }

    /// Why a document must not be written; of several reasons the last in this order counts.
    enum Refusal: Int, Sendable, Comparable {
        /// It is another book's, and nobody asked for that one.
        case foreign
        /// It may be done when the run is repeated.
        case transient
        case lasting

        static func < (left: Refusal, right: Refusal) -> Bool { left.rawValue < right.rawValue }
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
    /// The same that `sync` has.
    let presences: PresenceCache
    /// `nil` where no document comes twice.
    var refused: RefusedAddresses?

    /// What became of some files.
    struct Result: Sendable {
        var outcomes: [Outcome] = []
        /// Those that are to come again when all others are done: what they lack may be what another one brings.
        var waiting: [DocumentFile] = []
        /// How many mentions they wait for.
        var openMentions = 0
    }

    /// A file with those of its documents that this run may work on.
    private struct Admission {
        let file: LoadedFile
        var works: [WorkDocument] = []
        /// Where those stand that it may not.
        var refused: [Range<Int>] = []
        /// Why.
        var refusal: Refusal?
        var diagnostics: [Diagnostic]
        /// Documents that could not be read, or belong to no book.
        var failures: Int
        /// Whether the file beside the document is there and cannot be used.
        var lacksManifestFile: Bool
        /// Of other books.
        var foreignDocuments = 0
    }

    /// The files in their order. Figures and diagnostics of those that do not wait go into the report.
    /// - Parameter mayWait: whether files may come again.
    func rewrite(_ files: [LoadedFile], mayWait: Bool, _ report: inout RunReport) async throws -> Result {
        var admissions = files.map(admit)
        var outcomes = try await Import(workspace, options, stages, comparisons, presences, others, search, refused)
            .run(admissions.flatMap(\.works))
        var result = Result()
        if mayWait { takeOut(&admissions, &outcomes, &result) }
        for admission in admissions { add(admission, &report) }
        let works = admissions.flatMap(\.works)
        let links = try link(works, outcomes)
        try await sync?.run(&outcomes, works)
        let rewrite = Rewrite(workspace, options)
        var ranges: [Range<Int>] = []
        for admission in admissions {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<(start + admission.works.count))
        }
        let parts = zip(admissions, ranges).map { admission, range in
            (
                admission.file,
                range.map { Rewrite.Part(work: works[$0], outcomes: outcomes[$0], findings: links[$0].findings) }
            )
        }
        let rewritten = await parts.concurrentMap(limit: workspace.host.jobs) { rewrite.run($0.0, $0.1) }
        for (file, admission) in zip(rewritten, admissions) {
            report.diagnostics += file.diagnostics
            report.failedDocuments += file.refusedDocuments
            let isTold = admission.failures + file.refusedDocuments > 0
            if admission.lacksManifestFile, !isTold { report.failedDocuments += 1 }
        }
        report.plannedMentions += outcomes.reduce(0) { $0 + $1.count(where: \.isPlanned) }
        result.outcomes = zip(zip(rewritten, admissions), ranges).map { file, range in
            var outcome = Outcome(
                rewritten: file.0, refusal: [file.1.refusal, file.0.refusal].compactMap(\.self).max(),
                links: Array(links[range]), assets: Self.assets(outcomes[range]))
            outcome.rewritten.refusedLines += file.1.refused
            let documents = file.1.file.documents.count
            outcome.rewritten.doneDocuments = documents - outcome.rewritten.refusedLines.count
            return outcome
        }
        return result
    }

    private func takeOut(
        _ admissions: inout [Admission], _ outcomes: inout [[MentionOutcome]], _ result: inout Result
    ) {
        let open = OpenMentions(remote: workspace.remote)
        var kept: [Admission] = []
        var keptOutcomes: [[MentionOutcome]] = []
        var position = 0
        for admission in admissions {
            let own = outcomes[position..<(position + admission.works.count)]
            position += admission.works.count
            let count = zip(admission.works, own).reduce(0) { $0 + open.count(in: $1.0, $1.1) }
            if count > 0 {
                result.waiting.append(admission.file.file)
                result.openMentions += count
            } else {
                kept.append(admission)
                keptOutcomes += own
            }
        }
        (admissions, outcomes) = (kept, keptOutcomes)
    }

    private func add(_ admission: Admission, _ report: inout RunReport) {
        report.diagnostics += admission.diagnostics
        report.failedDocuments += admission.failures
        if admission.file.isForeign { report.foreignFiles += 1 }
        report.foreignDocuments += admission.foreignDocuments
        report.documents += admission.file.documents.count
        report.mentions += admission.file.documents.reduce(0) { $0 + $1.collected.mentions.count }
    }

    private func admit(_ file: LoadedFile) -> Admission {
        // What is told of a document that was read is about the file beside it.
        let errors = file.diagnostics.count { $0.severity == .error }
        let isRead = !file.file.isLines && !file.documents.isEmpty
        var admission = Admission(
            file: file, refusal: file.badLines.isEmpty ? nil : .lasting, diagnostics: file.diagnostics,
            failures: isRead ? 0 : errors,
            lacksManifestFile: file.documents.contains(where: \.lacksManifestFile))
        for document in file.documents {
            let place = Place(file: file.file.label, line: document.line)
            let range = document.offset..<(document.offset + document.collected.bytes.count)
            let book: String
            switch owners.answer(for: document.collected, at: file.file.path) {
            case .book(let known): book = known
            case .none(var problem):
                guard document.collected.mentions.isEmpty else {
                    problem.notes += options.olderNotes(of: file.file)
                    admission.diagnostics.append(Diagnostic(problem, at: place))
                    admission.failures += 1
                    admission.refused.append(range)
                    admission.refusal = .lasting
                    continue
                }
                // Without a mention it needs no book, but what else it holds may keep it from being published.
                admission.works.append(WorkDocument(file.file, document, book: "", workspace.settings))
                continue
            }
            guard !owners.isForeign(book) else {
                admission.diagnostics.append(Diagnostic(OwnerBooks.foreign(book), at: place))
                admission.foreignDocuments += 1
                // Untouched; but what was not published must not stand among what was.
                guard options.profile == .publish else { continue }
                admission.refused.append(range)
                admission.refusal = max(admission.refusal ?? .foreign, .foreign)
                continue
            }
            admission.works.append(WorkDocument(file.file, document, book: book, workspace.settings))
        }
        return admission
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
        return works.isEmpty ? [] : try links.make(zip(works, outcomes).map { ($0, $1) })
    }

    private static func assets(_ outcomes: ArraySlice<[MentionOutcome]>) -> [NamedAsset] {
        var assets: Set<NamedAsset> = []
        for asset in outcomes.joined().lazy.compactMap(\.asset) where asset.blobPath != nil {
            if let row = asset.row { assets.insert(NamedAsset(assetID: row.id, sha256: row.sha256)) }
        }
        return assets.sorted { $0.assetID < $1.assetID }
    }
}

extension RewrittenFile {
    /// Why a document that was worked on must not be written.
    fileprivate var refusal: DocumentPipeline.Refusal? {
        guard refusedDocuments > 0 else { return nil }
        return diagnostics.allSatisfy { $0.severity != .error || $0.problem.isTransient } ? .transient : .lasting
    }
}
