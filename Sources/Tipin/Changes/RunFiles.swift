internal import TipinAssets
internal import TipinFiles

/// Where the files stand that a run names.
package struct RunFiles: Sendable, Equatable {
    /// The nearest folder that holds all of them.
    var folder: String
    /// Whether none of them is there now, but for those that the run removed.
    var areGone = true

    /// Reads a run's journal through.
    /// - Returns: `nil` where it names none.
    init?(of run: String, in folder: RunFolder) throws {
        var lines = try folder.lines(of: run)
        var found: RunFiles?
        while let next = try lines.next() {
            guard next.isEnded, let line = try JournalReader.line(next.bytes, of: run),
                let path = line.change?.path ?? line.path, path.hasPrefix("/")
            else { continue }
            if found == nil { found = RunFiles(folder: Paths.parent(of: path)) }
            found?.add(path, isRemoved: line.change.map { $0.after == nil } ?? false)
        }
        guard let found else { return nil }
        self = found
    }

    private init(folder: String) { self.folder = folder }

    /// - Parameter isRemoved: whether the run removed it, so that nothing has to stand there.
    private mutating func add(_ path: String, isRemoved: Bool) {
        folder = Paths.folder(folder, widenedTo: path)
        if areGone { areGone = !isRemoved && !Paths.exists(path) }
    }
}
