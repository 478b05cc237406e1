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
        let window = takeWindow()
        return await window.concurrentMap(limit: jobs) { [collect] in collect.load($0) }
    }

    /// Files that are in memory together: many small ones, or one large one for each job.
    private mutating func takeWindow() -> [DocumentFile] {
        var bytes = 0
        var count = 0
        for file in files.prefix(Self.windowCount) {
            bytes += Paths.size(of: file.path)
            if bytes > Self.windowBytes, count >= jobs { break }
            count += 1
        }
        defer { files = files.dropFirst(count) }
        return Array(files.prefix(count))
    }

    private static let windowCount = 64
    private static let windowBytes = 16 << 20

    private mutating func nextPiece() throws -> LoadedFile? {
        guard let piece = try lines?.next() else { return nil }
        guard piece.isOversized, let lines else { return collect.load(piece, of: stream) }
        var loaded = LoadedFile(file: stream, bytes: [], status: nil)
        if piece.beginsLine { loaded.diagnostics = [lines.problem(of: piece)] }
        return loaded
    }
}
