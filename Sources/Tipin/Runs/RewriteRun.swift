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
    let collect: Collect

    package init(_ workspace: Workspace, _ options: RunOptions, _ stages: Stages) {
        self.workspace = workspace
        self.options = options
        self.stages = stages
        collect = Collect(workspace.settings)
    }

    /// - Parameter recording: shared by the runs of one command; a run alone has a journal of its own.
    /// - Throws: what makes the whole run impossible; what concerns a document is in the report.
    package func run(command: String, recording: Recording? = nil) async throws -> RunReport {
        guard let recording else {
            let own = Recording(
                Journal(command: command, destination: options.destination, clock: workspace.host.clock))
            var report = try await run(command: command, recording: own)
            try await own.end(&report)
            return report
        }
        var report = RunReport(command: command)
        report.isDryRun = options.destination.leavesDocuments
        report.diagnostics = workspace.settings.ignored.map { Diagnostic($0) }
        let files = try documentFiles(&report)
        report.diagnostics += DocumentOutput(options).clearLeftovers(of: files)
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        var survey = Survey(workspace.settings)
        // A document alone contradicts nobody, and need not be read twice.
        let isAlone = files.count == 1 && !files[0].isLines
        if stages.makesLinks, workspace.importer != nil, !isAlone { await take(files, owners, &survey) }
        let reader = AddressReader(
            settings: workspace.settings, substitutions: options.substitutionsByAddress, fetcher: nil, remote: nil)
        let contested = try await survey.covers.contested(reader, workspace.catalog)
        try await refuseContestedNames(survey.names, files, owners, reader, &report)
        let presences = PresenceCache()
        let sync = stages.sends && workspace.importer != nil ? Sync(workspace, options, presences) : nil
        let search = DigestSearch(folders: options.searchFolders, limit: workspace.settings.importLimits.maxBytes)
        let pipeline = DocumentPipeline(
            workspace: workspace, options: options, stages: stages, owners: owners,
            contestedCovers: Set(contested.keys), sync: sync,
            others: OtherDocuments(files, collect: collect, jobs: workspace.host.jobs),
            search: search, presences: presences, refused: RefusedAddresses())
        try await work(on: files, pipeline, &survey, &report, recording)
        report.diagnostics += search.unread
        report.uploads += await sync?.uploadCount ?? 0
        report.importedAssets = workspace.tally.count
        report.importedBytes = workspace.tally.bytes
        if report.documents == 0 && report.errorCount == 0 {
            report.diagnostics.append(Diagnostic(Self.noDocuments(without: workspace.settings.exclude)))
        }
        return report
    }

    // MARK: Which documents

    private func documentFiles(_ report: inout RunReport) throws -> [DocumentFile] {
        let host = workspace.host
        var check = DestinationCheck(options.destination)
        try check.check(options.paths, workingFolder: host.workingFolder)
        let walk = DocumentWalk(
            workspace.settings, workingFolder: host.workingFolder, destination: options.destination,
            followsLinks: options.followsLinks)
        let files = try walk.files(in: options.paths) { place in
            // What was meant to be published, or to be whole in a folder of its own, is not without it.
            report.leaveOut(place, isWhole: options.destination.isFolder || options.profile == .publish)
            if case .linkToNothing = place.reason { report.failedDocuments += 1 }
        }
        try check.add(files)
        return files
    }

    private func take(_ files: [DocumentFile], _ owners: OwnerBooks, _ survey: inout Survey) async {
        await read(files) { loaded, isWhole in survey.add(loaded, owners: owners, isWhole: isWhole) }
    }

    /// - Parameter body: gets each file, or the pieces of one that has many lines.
    private func read(_ files: [DocumentFile], _ body: (LoadedFile, _ isWhole: Bool) -> Void) async {
        var windows = DocumentWindows(files)
        while let window = windows.next() {
            if let file = window.lines {
                var pieces = LinePieces(file, collect)
                while let piece = try? pieces.next() { body(piece, false) }
            } else {
                for file in await window.load(collect, jobs: workspace.host.jobs) { body(file, true) }
            }
        }
    }

    /// Files that are copies of one document and call different pictures by one name keep their pictures each, and the
    /// name means nothing beyond them: else the first of them would decide what it means.
    private func refuseContestedNames(
        _ names: NameClaims, _ files: [DocumentFile], _ owners: OwnerBooks, _ reader: AddressReader,
        _ report: inout RunReport
    ) async throws {
        guard !names.isEmpty else { return }
        var claims = PictureClaims<AssetAlias>()
        await read(files) { loaded, _ in names.claims(in: loaded, owners: owners, into: &claims) }
        let contested = try await claims.contested(reader, workspace.catalog, ignoresLost: true)
        workspace.contestedAliases.add(contested.keys)
        for (name, files) in contested { report.diagnostics.append(Self.contested(name, files)) }
    }

    private static func contested(_ name: AssetAlias, _ files: [DocumentFile]) -> Diagnostic {
        func shown(_ text: String) -> String { "'\(Redaction.printable(String(text.prefix(40))))'" }
        var notes = ["\(shown(name.id.text)) of document \(shown(name.document.text))"]
        for file in files.dropFirst().prefix(3) { notes.append("also in '\(Redaction.printable(file.label))'") }
        let problem = Problem(
            .idAmbiguous, "copies of one document give one id to different pictures", notes: notes,
            help: ["give the copies ids of their own, or remove those that are not wanted"])
        return Diagnostic(problem, at: Place(file: files.first?.label ?? ""), severity: .warning)
    }

    /// Takes the files through the stages, and those once more that lack what another one may have brought since:
    /// the order of documents decides nothing.
    private func work(
        on files: [DocumentFile], _ pipeline: DocumentPipeline, _ survey: inout Survey, _ report: inout RunReport,
        _ recording: Recording
    ) async throws {
        var files = files
        var mayWait = stages.recovers && workspace.importer != nil
        var openMentions = Int.max
        repeat {
            let lessons = workspace.tally.lessons
            let left = try await pass(over: files, pipeline, mayWait: mayWait, &survey, &report, recording)
            // Each pass settles something, so there is an end.
            mayWait = workspace.tally.lessons != lessons && left.openMentions < openMentions
            (files, openMentions) = (left.waiting, left.openMentions)
            pipeline.refused?.beginAnswering()
        } while !files.isEmpty
    }

    /// Window by window; where they are small, the next one is read meanwhile and the last one written.
    /// - Returns: what waits.
    private func pass(
        over files: [DocumentFile], _ pipeline: DocumentPipeline, mayWait: Bool, _ survey: inout Survey,
        _ report: inout RunReport, _ recording: Recording
    ) async throws -> DocumentPipeline.Result {
        try await withThrowingTaskGroup(of: [Written].self) { writing in
            var left = DocumentPipeline.Result()
            let jobs = workspace.host.jobs
            var windows = DocumentWindows(files)
            var isSmall = false
            var loaded: [LoadedFile]? = []
            while let current = loaded {
                try Task.checkCancellation()
                let next = windows.next()
                let kept = next?.files.map { survey.take($0) } ?? []
                let ahead = jobs > 1 && isSmall && next?.isSmall == true ? next : nil
                async let early = ahead?.load(collect, kept: kept, jobs: jobs)
                let result = try await pipeline.rewrite(current, mayWait: mayWait, &report)
                left.waiting += result.waiting
                left.openMentions += result.openMentions
                // Recorded before the next one makes links, and written one at a time, in their order.
                let changes = try await record(result.outcomes, recording)
                for try await files in writing { add(files, &report) }
                writing.addTask { await write(changes, recording) }
                loaded = await early
                if !isSmall || next?.isSmall == false { for try await files in writing { add(files, &report) } }
                if let file = next?.lines {
                    let result = try await rewriteLines(of: file, pipeline, mayWait: mayWait, &report, recording)
                    left.waiting += result.waiting
                    left.openMentions += result.openMentions
                    loaded = []
                }
                if loaded == nil { loaded = await next?.load(collect, kept: kept, jobs: jobs) }
                isSmall = next?.isSmall ?? true
            }
            for try await files in writing { add(files, &report) }
            return left
        }
    }

    // MARK: Writing

    /// A file and what became of writing it.
    private struct Written: Sendable {
        let file: RewrittenFile
        let outcome: DocumentOutput.Outcome
        /// Whether another file stood in an output folder where it went.
        let replacesOlder: Bool
    }

    /// A file and what writing it would change.
    private struct Change: Sendable {
        var file: DocumentPipeline.Outcome
        var recorded: RecordedChange?
        /// Why it cannot be written.
        var problem: Problem?
        /// Why it is not written, and what stands where it goes stays.
        var refusal: DocumentPipeline.Refusal?
        /// Of a file of lines: why no single one could stay.
        var unknown: StandingLines.Unknown?
    }

    /// Looks at what is to become of a file; lines that are refused stand among the others.
    private func prepare(_ change: inout Change, _ output: DocumentOutput) throws {
        let source = change.file.rewritten.loaded.file
        var standing: StandingLines?
        if options.profile == .publish, let refusal = change.file.refusal {
            standing = StandingLines(of: source, options, workspace.settings)
            try standing?.keep(in: &change.file.rewritten)
            change.unknown = standing?.unknown
            if !source.isLines || change.unknown != nil { change.refusal = refusal }
        }
        guard change.refusal == nil else { return }
        let recorded = try output.change(of: change.file.rewritten)
        if let recorded, let standing, !standing.areOf(recorded.before) {
            throw DocumentWriter.Failure.changed(recorded.path)
        }
        change.recorded = recorded
    }

    /// Makes durable what is about to be done.
    private func record(_ files: [DocumentPipeline.Outcome], _ recording: Recording) async throws -> [Change] {
        let output = DocumentOutput(options, failpoint: workspace.host.failpoint)
        // Elsewhere a document that was not done is handed on as it is, but for one that was to be published.
        let isAsked = options.destination != .nowhere || recording.show != nil
        let changes = await files.concurrentMap(limit: workspace.host.jobs) { file in
            var change = Change(file: file)
            guard isAsked else { return change }
            do {
                try prepare(&change, output)
            } catch {
                change.problem = error.problem
            }
            return change
        }
        let pairs = changes.map { ($0.file, $0.recorded) }
        switch options.destination {
        case .nowhere: break
        case .plan: try await recording.plan?.add(pairs, workspace)
        case .inPlace, .folder:
            let batch = try Journal.Batch(pairs, to: options.destination, workspace)
            if !batch.isEmpty { try await recording.journal.record(batch, in: try workspace.journalFolder()) }
        }
        return changes
    }

    private func write(_ changes: [Change], _ recording: Recording) async -> [Written] {
        let outcomes = await outcomes(of: changes, DocumentOutput(options, failpoint: workspace.host.failpoint))
        for (change, outcome) in zip(changes, outcomes) {
            guard let recorded = change.recorded else { continue }
            if case .failed(let failure) = outcome { await recording.journal.note(failure, of: recorded.path) }
            if case .written = outcome { recording.show?(FileDifference(change.file.rewritten, recorded)) }
        }
        return zip(changes, outcomes).map { change, outcome in
            Written(
                file: change.file.rewritten, outcome: outcome,
                replacesOlder: options.destination.isFolder && change.recorded?.before != nil)
        }
    }

    private func outcomes(of changes: [Change], _ output: DocumentOutput) async -> [DocumentOutput.Outcome] {
        if options.destination.leavesDocuments {
            let isDry = options.destination == .nowhere
            return changes.map { ($0.recorded != nil || isDry) && $0.file.rewritten.isChanged ? .written : .unchanged }
        }
        let files = changes.compactMap { change in change.recorded.map { (change.file.rewritten, $0) } }
        var written = await output.write(files, jobs: workspace.host.jobs)[...]
        return changes.map { change in
            if let problem = change.problem { return .failed(WriteFailure(problem)) }
            if change.recorded != nil { return written.removeFirst() }
            return change.refusal.map { .keptOlder($0, change.unknown) } ?? .unchanged
        }
    }

    private func add(_ files: [Written], _ report: inout RunReport) {
        for file in files { add(file.file, file.outcome, replacesOlder: file.replacesOlder, &report) }
        takeBackRemovals(of: files, &report)
    }

    /// Of files that were not written nothing was removed after all.
    private func takeBackRemovals(of files: [Written], _ report: inout RunReport) {
        let failed = Set(
            files.compactMap { file -> ByteKey? in
                guard case .failed(let failure) = file.outcome, !failure.leavesChange else { return nil }
                return ByteKey(file.file.loaded.file.label)
            })
        guard !failed.isEmpty else { return }
        report.diagnostics.removeAll { diagnostic in
            diagnostic.code == .srcRemoved && diagnostic.place.map { failed.contains(ByteKey($0.file)) } ?? false
        }
    }

    func add(
        _ file: RewrittenFile, _ outcome: DocumentOutput.Outcome, replacesOlder: Bool, _ report: inout RunReport
    ) {
        switch outcome {
        case .unchanged where options.destination.leavesDocuments: report.changedDocuments += file.changedDocuments
        case .written:
            report.changedDocuments += file.changedDocuments
            if options.destination.isFolder { report.copiedDocuments += file.doneDocuments - file.changedDocuments }
            report.changedMentions += file.changedMentions
            report.writtenFiles.append(file.loaded.file.label)
            if replacesOlder { report.replacedFiles += 1 }
        case .unchanged: break
        // Those of its documents that were refused are counted already.
        case .keptOlder(let refusal, let unknown):
            report.failedDocuments += file.doneDocuments
            let source = file.loaded.file
            if let unknown, let older = options.older(of: source) {
                report.diagnostics.append(unknown.diagnostic(of: older, refusal, in: source.label))
            }
        case .failed(let failure):
            report.failedDocuments += options.destination.isFolder ? file.doneDocuments : file.changedDocuments
            report.diagnostics.append(Diagnostic(failure.problem, at: Place(file: file.loaded.file.label)))
            if failure.leavesChange { report.writtenFiles.append(file.loaded.file.label) }
        }
    }

    static let noLines = Problem(
        .noDocuments, "no documents came through the pipe",
        notes: [#"each is a line of its own: {"id": …, "bookId": …, "content": …}"#],
        help: ["look at what the command before the pipe writes to standard output"])

    /// - Parameter globs: of what was left out.
    static func noDocuments(without globs: [String] = []) -> Problem {
        let globs = globs.map { "'\(Redaction.printable($0))'" }.joined(separator: ", ")
        return Problem(
            .noDocuments, "no documents were found",
            notes: ["a document is a TipTap doc, a chapter, a book or a record, in *.json, *.ndjson or *.jsonl"]
                + (globs.isEmpty ? [] : ["'exclude' in tipin.json leaves out \(globs)"]),
            help: ["name a file or a folder that holds some"])
    }
}
