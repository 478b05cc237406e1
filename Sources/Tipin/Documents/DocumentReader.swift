/// Reads the documents of a run some files at a time, in the order of their paths; or the lines of a stream.
struct DocumentReader {
    private let collect: Collect
    private let jobs: Int
    private let stream: DocumentFile
    private var files: ArraySlice<DocumentFile>
    private var lines: LineSource?

    /// - Parameters:
    ///   - paths: files and folders; ignored where lines come from a stream.
    ///   - lines: `nil` for none.
    init(_ settings: Settings, host: Host, collect: Collect, paths: [String], lines: LineSource?) throws {
        self.collect = collect
        self.lines = lines
        jobs = host.jobs
        stream = .standardInput(workingFolder: host.workingFolder)
        let walk = DocumentWalk(settings, workingFolder: host.workingFolder)
        files = lines == nil ? try walk.files(in: paths)[...] : []
    }

    /// `nil` at the end.
    mutating func next() async throws -> [LoadedFile]? {
        try Task.checkCancellation()
        if lines != nil { return try nextPiece().map { [$0] } }
        guard !files.isEmpty else { return nil }
        let window = Array(files.prefix(64))
        files = files.dropFirst(64)
        return await window.concurrentMap(limit: jobs) { [collect] in collect.load($0) }
    }

    private mutating func nextPiece() throws -> LoadedFile? {
        guard let piece = try lines?.next() else { return nil }
        guard piece.isOversized, let lines else { return collect.load(piece, of: stream) }
        var loaded = LoadedFile(file: stream, bytes: [], status: nil)
        if piece.beginsLine { loaded.diagnostics = [lines.problem(of: piece)] }
        return loaded
    }
}
