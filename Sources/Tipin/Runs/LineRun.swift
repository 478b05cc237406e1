internal import TipinAssets
package import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// `migrate -`, `publish -` and `resolve -`: NDJSON comes in and goes out in order, in constant memory. A line that
/// fails comes out as it was, or goes to the rejects; so does each that was read when the run has to end.
package struct LineRun {
    /// Where lines and words go.
    package struct Streams {
        package var output: ([UInt8]) throws -> Void
        /// `nil` leaves lines that fail among the others.
        package var rejects: (([UInt8]) throws -> Void)?
        package var say: ([Diagnostic]) throws -> Void

        package init(
            output: @escaping ([UInt8]) throws -> Void, rejects: (([UInt8]) throws -> Void)?,
            say: @escaping ([Diagnostic]) throws -> Void
        ) {
            self.output = output
            self.rejects = rejects
            self.say = say
        }
    }

    private let workspace: Workspace
    private let options: RunOptions
    private let stages: RewriteRun.Stages
    private let collect: Collect

    package init(_ workspace: Workspace, _ options: RunOptions, _ stages: RewriteRun.Stages) {
        self.workspace = workspace
        self.options = options
        self.stages = stages
        collect = Collect(workspace.settings)
    }

    package func run(command: String, _ source: LineSource, _ streams: Streams) async throws -> RunReport {
        var report = RunReport(command: command)
        report.diagnostics = workspace.settings.ignored.map { Diagnostic($0) }
        let presences = PresenceCache()
        let sync = stages.sends && workspace.importer != nil ? Sync(workspace, options, presences) : nil
        let search = DigestSearch(folders: options.searchFolders, limit: workspace.settings.importLimits.maxBytes)
        let pipeline = DocumentPipeline(
            workspace: workspace, options: options, stages: stages,
            owners: OwnerBooks(collect, given: workspace.settings.books), contestedCovers: [], sync: sync,
            search: search, presences: presences)
        var pieces = LinePieces(source, of: .standardInput(workingFolder: workspace.host.workingFolder), collect)
        while let piece = try next(&pieces, streams) {
            let result: DocumentPipeline.Result
            do {
                try Task.checkCancellation()
                result = try await pipeline.rewrite([piece], mayWait: false, &report)
            } catch {
                try hand(on: piece.bytes + pieces.takeUngiven(), streams)
                throw error
            }
            for outcome in result.outcomes { try write(outcome.rewritten, streams, &report) }
            report.apply(workspace.settings.severities)
            try streams.say(report.releaseDiagnostics())
        }
        report.diagnostics += search.unread
        if report.documents == 0 && report.errorCount == 0 {
            report.diagnostics.append(Diagnostic(RewriteRun.noLines))
        }
        report.apply(workspace.settings.severities)
        try streams.say(report.releaseDiagnostics())
        report.uploads = await sync?.uploadCount ?? 0
        report.importedAssets = workspace.tally.count
        report.importedBytes = workspace.tally.bytes
        return report
    }

    /// The next piece; where the run ends before it, what was read of the stream is handed on.
    private func next(_ pieces: inout LinePieces, _ streams: Streams) throws -> LoadedFile? {
        do {
            return try pieces.next()
        } catch {
            try hand(on: pieces.takeUngiven(), streams)
            throw error
        }
    }

    /// Lines that were read and that nobody else has: they go where those go that fail.
    private func hand(on lines: [UInt8], _ streams: Streams) throws {
        if !lines.isEmpty { try (streams.rejects ?? streams.output)(lines) }
    }

    private func write(_ file: RewrittenFile, _ streams: Streams, _ report: inout RunReport) throws {
        report.changedDocuments += file.changedDocuments
        report.changedMentions += file.changedMentions
        guard let rejects = streams.rejects else { return try streams.output(file.bytes) }
        let failed = (file.refusedLines + file.loaded.badLines).sorted { $0.lowerBound < $1.lowerBound }
        let bytes = file.loaded.bytes
        // A refused line has no edits, so taking it out is one more.
        var edits = file.edits
        for line in failed {
            let whole = line.lowerBound..<min(line.upperBound + 1, bytes.count)
            try rejects(Array(bytes[whole]))
            edits.append(Edit(whole, []))
        }
        try streams.output(edits.applied(to: bytes))
    }
}
