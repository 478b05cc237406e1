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
            var left = piece.bytes
            do {
                try Task.checkCancellation()
                let result = try await pipeline.rewrite([piece], mayWait: false, &report)
                for outcome in result.outcomes { try write(outcome.rewritten, streams, &report) }
                left = []
                report.apply(workspace.settings.severities)
                try streams.say(report.releaseDiagnostics())
            } catch let failure as Unwritten {
                try hand(on: failure.left + pieces.takeUngiven(), streams, besides: failure.stream)
                throw failure.cause
            } catch {
                try hand(on: left + pieces.takeUngiven(), streams)
                throw error
            }
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

    /// Where lines go.
    private enum Stream { case output, rejects }

    /// Why lines could not be written.
    private struct Unwritten: Error {
        /// Those that nobody else has, as they were read.
        let left: [UInt8]
        let stream: Stream
        let cause: any Error
    }

    /// Lines that were read and that nobody else has: they go where those go that fail.
    /// - Parameter broken: takes nothing more.
    private func hand(on lines: [UInt8], _ streams: Streams, besides broken: Stream? = nil) throws {
        guard !lines.isEmpty else { return }
        switch broken {
        case nil: try (streams.rejects ?? streams.output)(lines)
        case .output: try streams.rejects?(lines)
        case .rejects: try streams.output(lines)
        }
    }

    private func write(_ file: RewrittenFile, _ streams: Streams, _ report: inout RunReport) throws {
        report.changedDocuments += file.changedDocuments
        report.changedMentions += file.changedMentions
        let bytes = file.loaded.bytes
        var gone: [Edit] = []
        func send(_ lines: [UInt8], to stream: Stream, _ write: ([UInt8]) throws -> Void) throws {
            do {
                try write(lines)
            } catch {
                throw Unwritten(left: gone.applied(to: bytes), stream: stream, cause: error)
            }
        }
        guard let rejects = streams.rejects else { return try send(file.bytes, to: .output, streams.output) }
        let failed = (file.refusedLines + file.loaded.badLines).sorted { $0.lowerBound < $1.lowerBound }
        for line in failed {
            let whole = line.lowerBound..<min(line.upperBound + 1, bytes.count)
            try send(Array(bytes[whole]), to: .rejects, rejects)
            gone.append(Edit(whole, []))
        }
        // A refused line has no edits, so taking it out is one more.
        try send((file.edits + gone).applied(to: bytes), to: .output, streams.output)
    }
}
