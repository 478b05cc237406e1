internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Takes the rewritten pieces of a file of many lines to where the person said, as `DocumentOutput` takes whole files.
final class LineTarget {
    private let options: RunOptions
    private let workspace: Workspace
    private let recording: Recording

    /// Absolute; where the file goes.
    private let path: String
    /// What an earlier run wrote, where some of it may have to stay.
    private let standingLines: StandingLines?
    private let bytes: LineBytes
    private var changes: LineChanges
    /// Those that somebody is to see.
    private var differences: [FileDifference] = []
    private var hasDocuments = false
    /// Whether another file stands in an output folder where this one goes.
    private(set) var replacesOlder = false
    private var hasEdits = false
    /// Why some line must not be written.
    private var refusal: DocumentPipeline.Refusal?
    private let file: DocumentFile

    init(_ file: DocumentFile, _ workspace: Workspace, _ options: RunOptions, _ recording: Recording) {
        self.options = options
        self.workspace = workspace
        self.recording = recording
        self.file = file
        let path = options.destination.path(of: file)
        self.path = options.followsLinks ? Paths.real(path) : path
        standingLines = StandingLines(of: file, options, workspace.settings)
        bytes = LineBytes(at: path, besides: standingLines, options, workspace.host.failpoint)
        changes = LineChanges(file, at: path, options.destination)
    }

    /// Takes the next piece.
    /// - Throws: where the run cannot go on; what concerns the file alone is told at the end.
    func add(_ outcome: DocumentPipeline.Outcome) async throws {
        let piece = outcome.rewritten
        hasDocuments = hasDocuments || !piece.loaded.documents.isEmpty
        hasEdits = hasEdits || !piece.edits.isEmpty
        refusal = [refusal, outcome.refusal].compactMap(\.self).max()
        try await recordLinks(of: outcome)
        try changes.add(outcome, workspace)
        if recording.show != nil, !piece.edits.isEmpty { differences.append(FileDifference(linesOf: piece)) }
        bytes.add(piece)
    }

    /// The links are made already, whatever becomes of the file.
    func recordLinks(of outcome: DocumentPipeline.Outcome) async throws {
        guard !options.destination.leavesDocuments else { return }
        let batch = try Journal.Batch([(outcome, nil)], to: options.destination, workspace)
        if !batch.isEmpty { try await recording.journal.record(batch, in: try workspace.journalFolder()) }
    }

    /// Puts the file in its place, when what undo needs is durable.
    func finish() async throws -> DocumentOutput.Outcome {
        if let kept { return kept }
        guard hasDocuments else { return .unchanged }
        switch options.destination {
        case .nowhere:
            guard hasEdits else { return .unchanged }
        case .plan:
            guard hasEdits || changes.hasPlannedLinks else { return .unchanged }
            try await recording.plan?.add([changes.plan(from: bytes.read.state, to: bytes.written.state)], workspace)
            guard hasEdits else { return .unchanged }
        case .inPlace, .folder:
            let outcome = try await place()
            guard outcome == .written else { return outcome }
        }
        if let show = recording.show { differences.forEach(show) }
        return .written
    }

    /// What becomes of a file of which an earlier run wrote what is better than this one's.
    private var kept: DocumentOutput.Outcome? {
        guard bytes.failure == nil, let unknown = standingLines?.unknown, let refusal else { return nil }
        bytes.discard()
        return .keptOlder(refusal, unknown)
    }

    private func place() async throws -> DocumentOutput.Outcome {
        if let failure = bytes.failure { return .failed(WriteFailure(failure)) }
        guard bytes.areWaiting else { return .unchanged }
        let standing: FileReading?
        do {
            standing = try await bytes.standing()
            // What is right already in an output folder is not written again.
            if options.destination.isFolder, standing?.state == bytes.written.state { return .unchanged }
            guard standingLines?.areOf(standing?.state) ?? true else { throw DocumentWriter.Failure.changed(path) }
            if options.destination.isFolder, let standing { try await keep(standing) }
        } catch {
            bytes.discard()
            return .failed(WriteFailure(error.problem))
        }
        let batch = changes.batch(from: standing?.state, to: bytes.written.state)
        try await recording.journal.record(batch, in: try workspace.journalFolder())
        do throws(DocumentWriter.Failure) {
            try await bytes.finish(over: standing)
            return .written
        } catch {
            let failure = WriteFailure(error)
            await recording.journal.note(failure, of: path)
            return .failed(failure)
        }
    }

    /// Of what the new file replaces in an output folder the journal has all bytes.
    private func keep(_ standing: FileReading) async throws {
        replacesOlder = true
        guard let spool = try workspace.journalFolder()?.lineSpool() else { return }
        try await bytes.keep(standing, in: spool)
        try changes.keep(spool, workspace)
    }
}
