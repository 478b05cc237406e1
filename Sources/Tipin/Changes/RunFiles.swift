internal import TipinAssets
internal import TipinFiles

/// Where the files stand that a run names.
package struct RunFiles: Sendable, Equatable {
    /// The nearest folder that holds all of them.
    var folder: String
    /// Whether any of them is there now.
    var areThere = false

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
            found?.add(path)
        }
        guard let found else { return nil }
        self = found
    }

    private init(folder: String) { self.folder = folder }

    private mutating func add(_ path: String) {
        folder = Paths.folder(folder, widenedTo: path)
        if !areThere { areThere = Paths.exists(path) }
    }
}
