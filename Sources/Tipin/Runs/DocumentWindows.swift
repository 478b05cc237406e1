/// Takes the files of a run some at a time: many small ones, or one large one, so that large documents are never in
/// memory beside one another.
struct DocumentWindows {
    /// Files that are worked on together.
    struct Window: Sendable {
        let files: [DocumentFile]
        /// Whether the next ones may be read while these are worked on, and these before the last ones are done.
        let isSmall: Bool
        /// The one file, where it has so many lines that it is worked on piece by piece; such a window is not loaded.
        let lines: DocumentFile?

        /// - Parameter kept: for each file what was read of it before, if anything was.
        func load(_ collect: Collect, kept: [LoadedFile?], jobs: Int) async -> [LoadedFile] {
            let missing = zip(files.indices, files).filter { kept[$0.0] == nil }
            let threads = missing.count == 1 ? jobs : 1
            let loaded = await missing.concurrentMap(limit: jobs) { ($0.0, collect.load($0.1, threads: threads)) }
            var window = kept
            for (index, file) in loaded { window[index] = file }
            return window.compactMap(\.self)
        }

        func load(_ collect: Collect, jobs: Int) async -> [LoadedFile] {
            let threads = files.count == 1 ? jobs : 1
            return await files.concurrentMap(limit: jobs) { collect.load($0, threads: threads) }
        }
    }

    private var files: ArraySlice<DocumentFile>
    private let largeAtOnce: Int
    /// Enough to keep both the image worker and the disk busy, and to make one journal entry durable for many.
    private static let count = 128
    private static let bytes = 8 << 20

    /// - Parameter largeAtOnce: how many files are taken together however large they are.
    init(_ files: [DocumentFile], largeAtOnce: Int = 1) {
        self.files = files[...]
        self.largeAtOnce = largeAtOnce
    }

    /// `nil` at the end.
    mutating func next() -> Window? {
        guard !files.isEmpty else { return nil }
        var bytes = 0
        var count = 0
        var lines: DocumentFile?
        for file in files.prefix(Self.count) {
            let size = Paths.size(of: file.path)
            let hasManyLines = file.hasManyLines
            if count > 0, hasManyLines || (bytes + size > Self.bytes && count >= largeAtOnce) { break }
            // Of short lines more is known than they have bytes.
            bytes += file.isLines ? size * 8 : size
            count += 1
            if hasManyLines {
                lines = file
                break
            }
        }
        defer { files = files.dropFirst(count) }
        return Window(files: Array(files.prefix(count)), isSmall: bytes <= Self.bytes && lines == nil, lines: lines)
    }
}

extension DocumentFile {
    /// Whether it has so many lines that it is worked on piece by piece.
    var hasManyLines: Bool { isLines && Paths.size(of: path) > LineSource.pieceSize }
}
