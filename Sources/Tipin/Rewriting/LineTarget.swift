internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Where the new bytes of a file of many lines go while its pieces are worked on: beside the place that they take when
/// all of them are there.
///
/// The bytes of the file are not kept in memory: new ones go to the stream, edits to a spool until the journal has
/// them. A plan and a difference, which somebody is to read, are.
final class LineTarget {
    private let file: DocumentFile
    private let options: RunOptions
    private let workspace: Workspace
    private let recording: Recording
    private let writer: DocumentWriter

    /// Absolute; where the file goes.
    private let path: String
    private var read = FileReading()
    private var written = FileReading()
    private var stream: DocumentStream?
    /// Of a run that is recorded.
    private var edits: LineSpool?
    /// What the documents name, and what they named before.
    private var assets: Set<NamedAsset> = []
    private var needs: Set<NamedAsset> = []
    /// Of a plan, which is written a whole file at a time.
    private var planned: (edits: [RecordedEdit], links: [DocumentLinks.Outcome]) = ([], [])
    private var differences: [FileDifference] = []
    private var failure: Problem?
    private var hasDocuments = false
    private var hasEdits = false

    init(_ file: DocumentFile, _ workspace: Workspace, _ options: RunOptions, _ recording: Recording) {
        self.file = file
        self.options = options
        self.workspace = workspace
        self.recording = recording
        let failpoint = workspace.host.failpoint
        writer = DocumentWriter(followsLinks: options.followsLinks, failpoint: failpoint)
        if case .folder(let folder) = options.destination {
            path = folder + "/" + file.relativePath
        } else {
            path = options.followsLinks ? Paths.real(file.path) : file.path
        }
    }

    // MARK: Pieces

    /// Takes the next piece.
    /// - Throws: where the run cannot go on; what concerns the file alone is told at the end.
    func add(_ outcome: DocumentPipeline.Outcome) async throws {
        let piece = outcome.rewritten
        hasDocuments = hasDocuments || !piece.loaded.documents.isEmpty
        hasEdits = hasEdits || !piece.edits.isEmpty
        try await recordLinks(of: outcome)
        try recordEdits(of: outcome)
        if recording.show != nil, !piece.edits.isEmpty { differences.append(FileDifference(linesOf: piece)) }
        do {
            try write(piece)
        } catch {
            // The other lines are looked at all the same.
            failure = failure ?? error.problem
            stream = nil
        }
        read.add(piece.loaded.bytes)
    }

    /// The links are made already, whatever becomes of the file.
    func recordLinks(of outcome: DocumentPipeline.Outcome) async throws {
        guard !options.destination.leavesDocuments else { return }
        let batch = try Journal.Batch([(outcome, nil)], workspace)
        if !batch.isEmpty { try await recording.journal.record(batch, in: try workspace.journalFolder()) }
    }

    private func recordEdits(of outcome: DocumentPipeline.Outcome) throws {
        let piece = outcome.rewritten
        switch options.destination {
        case .nowhere: break
        case .folder: assets.formUnion(outcome.assets)
        case .plan:
            assets.formUnion(outcome.assets)
            planned.edits += piece.recordedEdits
            planned.links += outcome.links.filter { $0.order != nil }
        case .inPlace:
            guard !piece.edits.isEmpty, let spool = try edits ?? workspace.journalFolder()?.lineSpool() else { break }
            edits = spool
            let replaced = try piece.replacedAssets(workspace)
            needs.formUnion(replaced)
            assets.formUnion(outcome.assets + replaced)
            for edit in piece.recordedEdits { try spool.append(try RunLine.encode(edit)) }
        }
    }

    private func write(_ piece: RewrittenFile) throws {
        guard failure == nil else { return }
        switch options.destination {
        case .nowhere: return
        case .plan: return written.add(piece.bytes)
        case .inPlace: if stream == nil, !piece.edits.isEmpty { try begin(at: piece.loaded.offsetBase) }
        case .folder:
            guard stream == nil else { break }
            try OutputFolders.create(for: path, workspace.host.failpoint)
            stream = try writer.stream(to: path, .either)
        }
        guard let stream else { return }
        try stream.append(piece.bytes)
        written.add(piece.bytes)
    }

    /// Copies what stood before the first change: a file in which nothing changes is not copied.
    private func begin(at offset: Int) throws {
        let stream = try writer.stream(to: path, .document)
        let source = try Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path))
        var left = offset
        while left > 0 {
            let bytes = try source.readChunk(upTo: min(left, 1 << 20))
            guard !bytes.isEmpty else { break }
            try stream.append(bytes)
            written.add(bytes)
            left -= bytes.count
        }
        guard written.state == read.state else { throw DocumentWriter.Failure.changed(path) }
        self.stream = stream
    }

    // MARK: The end

    /// Puts the file in its place, when what undo needs is durable.
    func finish() async throws -> DocumentOutput.Outcome {
        guard hasDocuments else { return .unchanged }
        switch options.destination {
        case .nowhere:
            guard hasEdits else { return .unchanged }
        case .plan:
            guard hasEdits || !planned.links.isEmpty else { return .unchanged }
            try await plan()
            guard hasEdits else { return .unchanged }
        case .inPlace, .folder:
            if let failure { return .failed(failure) }
            guard let stream else { return .unchanged }
            let outcome = try await finish(stream)
            guard outcome == .written else { return outcome }
        }
        if let show = recording.show { differences.forEach(show) }
        return .written
    }

    private func finish(_ stream: DocumentStream) async throws -> DocumentOutput.Outcome {
        var standing = read
        var isNew = false
        if options.destination.isFolder {
            do {
                if let found = try self.standing() { standing = found } else { isNew = true }
            } catch {
                return .failed(error.problem)
            }
            guard isNew || standing.state != written.state else { return .unchanged }
        }
        try await record()
        do throws(DocumentWriter.Failure) {
            try stream.finish(over: isNew ? nil : standing.standing, as: written.standing)
            return .written
        } catch {
            await recording.journal.note(failed: path)
            return .failed(error.problem)
        }
    }

    private func record() async throws {
        let folder = try workspace.journalFolder()
        var batch = Journal.Batch()
        batch.assets = assets.sorted { $0.assetID < $1.assetID }
        if options.destination.isFolder {
            batch.changes = [change(from: nil)]
            return try await recording.journal.record(batch, in: folder)
        }
        guard let edits else { return }
        batch.spooled = SpooledChange(change: change(from: read.state), edits: edits)
        try await recording.journal.record(batch, in: folder)
    }

    private func change(from before: FileState?) -> RecordedChange {
        RecordedChange(
            path: path, label: file.label, kind: "lines", before: before, after: written.state, edits: [],
            needs: needs.isEmpty ? nil : needs.sorted { $0.assetID < $1.assetID })
    }

    /// What an earlier run put there; `nil` where nothing stands.
    private func standing() throws -> FileReading? {
        guard Paths.exists(path) else { return nil }
        let real = Paths.real(path)
        return try FileReading(of: Folder(opening: Paths.parent(of: real)).openFile(Paths.name(of: real)))
    }

    private func plan() async throws {
        var change = change(from: read.state)
        change.edits = planned.edits
        let outcome = DocumentPipeline.Outcome(
            rewritten: RewrittenFile(LoadedFile(file: file, bytes: [], status: nil)), isRefused: false,
            links: planned.links, assets: assets.sorted { $0.assetID < $1.assetID })
        try await recording.plan?.add([(outcome, change)], workspace)
    }
}
