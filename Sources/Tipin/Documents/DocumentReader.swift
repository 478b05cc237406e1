internal import TipinDiagnostics
internal import TipinFiles

/// Reads the documents of a run some files at a time, in the order of their paths; or the lines of a stream.
struct DocumentReader {
    private let collect: Collect
    private let jobs: Int
    private var windows: DocumentWindows
    /// Of the stream, or the file of many lines, that is being read.
    private var pieces: LinePieces?

    /// - Parameters:
    ///   - paths: files and folders; ignored where lines come from a stream.
    ///   - lines: `nil` for none.
    ///   - passed: which documents a walk passes over.
    ///   - leftOut: gets the places in which more documents may stand.
    init(
        _ settings: Settings, host: Host, collect: Collect, paths: [String], lines: LineSource?,
        passesOver passed: DocumentWalk.Passed = .excluded, leftOut: (LeftOut) -> Void
    ) throws {
        self.collect = collect
        jobs = host.jobs
        var files: [DocumentFile] = []
        if let lines {
            pieces = LinePieces(lines, of: .standardInput(workingFolder: host.workingFolder), collect)
        } else {
            let walk = DocumentWalk(settings, workingFolder: host.workingFolder, passesOver: passed)
            files = try walk.files(in: paths, leftOut: leftOut)
        }
        windows = DocumentWindows(files, largeAtOnce: jobs)
    }

    /// `nil` at the end.
    mutating func next() async throws -> [LoadedFile]? {
        while true {
            try Task.checkCancellation()
            if let piece = try pieces?.next() { return [piece] }
            pieces = nil
            guard let window = windows.next() else { return nil }
            guard let file = window.lines else { return await window.load(collect, jobs: jobs) }
            pieces = LinePieces(file, collect)
        }
    }
}
