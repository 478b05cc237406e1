internal import TipinDiagnostics
internal import TipinFiles

/// Reads the documents of a run some files at a time, in the order of their paths; or the lines of a stream.
struct DocumentReader {
    private let collect: Collect
    private let jobs: Int
    /// Whose lines are being read.
    private var stream: DocumentFile
    /// Of folders that cannot be listed.
    let diagnostics: [Diagnostic]
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
        var unreadable: [Diagnostic] = []
        files = []
        if lines == nil {
            files += try walk.files(in: paths) { unreadable.append(DocumentWalk.unreadable($0, $1)) }
        }
        diagnostics = unreadable
    }

    /// `nil` at the end.
    mutating func next() async throws -> [LoadedFile]? {
        try Task.checkCancellation()
        if let piece = try nextPiece() { return [piece] }
        guard let first = files.first else { return nil }
        if first.isLines, Paths.size(of: first.path) > LineSource.pieceSize {
            files = files.dropFirst()
            return [open(first)]
        }
        let window = takeWindow()
        return await window.concurrentMap(limit: jobs) { [collect] in collect.load($0) }
    }

    /// A file of many lines is worked on piece by piece, so that memory does not grow with it.
    /// - Returns: what stands for the file until its first piece is read.
    private mutating func open(_ file: DocumentFile) -> LoadedFile {
        var loaded = LoadedFile(file: file, bytes: [], status: nil)
        lines = collect.lines(of: file, &loaded.diagnostics)
        stream = file
        return loaded
    }

    /// Files that are in memory together: many small ones, or one large one for each job.
    private mutating func takeWindow() -> [DocumentFile] {
        var bytes = 0
        var count = 0
        for file in files.prefix(Self.windowCount) {
            bytes += Paths.size(of: file.path)
            let isStream = file.isLines && Paths.size(of: file.path) > LineSource.pieceSize
            if isStream || (bytes > Self.windowBytes && count >= jobs) { break }
            count += 1
        }
        defer { files = files.dropFirst(count) }
        return Array(files.prefix(count))
    }

    private static let windowCount = 64
    private static let windowBytes = 16 << 20

    /// Of the lines that are being read; `nil` where none are left.
    private mutating func nextPiece() throws -> LoadedFile? {
        guard let piece = try lines?.next(), let lines else {
            lines = nil
            return nil
        }
        guard piece.isOversized else { return collect.load(piece, of: stream) }
        var loaded = LoadedFile(file: stream, bytes: [], status: nil)
        if piece.beginsLine { loaded.diagnostics = [lines.problem(of: piece, in: stream.label)] }
        return loaded
    }
}
