internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// The new bytes of a file of many lines, on their way beside the place that they take when all of them are there.
///
/// They are not kept in memory; those of a plan go nowhere, only what they are is told.
final class LineBytes {
    private let destination: Destination
    /// Absolute; where the file goes.
    private let path: String
    private let root: String?
    private let writer: DocumentWriter
    private let failpoint: Failpoint?
    private let standingLines: StandingLines?
    private var stream: DocumentStream?
    /// What was read of the file.
    private(set) var read = FileReading()
    private(set) var written = FileReading()
    /// Why they cannot be written; then nothing is left of them.
    private(set) var failure: Problem?

    /// - Parameter standingLines: what an earlier run wrote there.
    init(at path: String, besides standingLines: StandingLines?, _ options: RunOptions, _ failpoint: Failpoint?) {
        self.path = path
        self.standingLines = standingLines
        self.failpoint = failpoint
        destination = options.destination
        root = options.linklessFolder
        writer = DocumentWriter(followsLinks: options.followsLinks, below: root, failpoint: failpoint)
    }

    /// Whether a file waits to be put in its place.
    var areWaiting: Bool { stream != nil }

    /// Takes the next piece. After a failure they are counted only: the other lines are looked at all the same.
    func add(_ piece: RewrittenFile) {
        do {
            if failure == nil { try write(piece) }
        } catch {
            failure = error.problem
            stream = nil
        }
        read.add(piece.loaded.bytes)
    }

    private func write(_ piece: RewrittenFile) throws {
        var piece = piece
        switch destination {
        case .nowhere: return
        case .plan: return written.add(piece.bytes)
        case .inPlace: if stream == nil, !piece.edits.isEmpty { try begin(at: piece.loaded.offsetBase) }
        case .folder:
            try standingLines?.keep(in: &piece)
            guard stream == nil else { break }
            try OutputFolders.create(for: path, below: root, failpoint)
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

    /// What stands in the place now: in an output folder what an earlier run put there; `nil` for nothing.
    func standing() async throws -> FileReading? {
        guard destination.isFolder else { return read }
        let path = path
        return try await BlockingThread.run(throwing: {
            Paths.exists(path) ? try FileReading(of: OpenFile.following(path)) : nil
        })
    }

    /// Puts aside what stands in the place, as edits that keep it.
    func keep(_ standing: FileReading, in spool: LineSpool) async throws {
        let path = path
        try await BlockingThread.run(throwing: {
            let reading = try FileReading(keeping: path, in: spool)
            guard reading.state == standing.state else { throw DocumentWriter.Failure.changed(path) }
        })
    }

    /// Removes what waits.
    func discard() {
        stream?.discard()
        stream = nil
    }

    /// Puts them in their place.
    /// - Parameter standing: what is to stand there; `nil` for nothing.
    func finish(over standing: FileReading?) async throws(DocumentWriter.Failure) {
        guard let stream else { preconditionFailure("there is nothing to put in its place") }
        try await stream.finishAsync(over: standing?.standing, as: written.standing)
    }
}
