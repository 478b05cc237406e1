internal import TipinAssets
internal import TipinDocument
internal import TipinFiles

/// Which files in an output folder are the work of runs, as their journals tell.
struct WrittenFiles {
    private struct File {
        /// What runs wrote there, one after the other.
        var states: Set<FileState> = []
        /// Whether such a one stands there since the last change that a run made.
        var isWritten = false
    }

    /// By their names below the folder.
    private var files: [ByteKey: File] = [:]
    /// Without symbolic links.
    private let folder: String
    /// Bytes of a journal's line: what a change keeps of a large file is not wanted.
    private static let kept = 16 << 20

    /// Reads the journals of all runs that had the folder. What cannot be read tells of nothing.
    /// - Parameter folder: absolute, without symbolic links.
    init(below folder: String, _ runs: RunFolder) throws {
        self.folder = folder
        for run in try runs.runs() {
            guard let header = try? JournalReader(run, in: runs).header(), let output = header.output,
                Paths.areEqual(Paths.real(output), folder)
            else { continue }
            try? read(run, header, output, in: runs)
        }
    }

    /// Whether a run wrote the file, and none removed it since.
    /// - Parameter name: below the folder.
    func contain(_ name: String) -> Bool { files[ByteKey(name)]?.isWritten ?? false }

    private mutating func read(
        _ run: String, _ header: RunLine.Header, _ output: String, in runs: RunFolder
    ) throws {
        var lines = try runs.lines(of: run, keeping: Self.kept)
        var earlier: [ByteKey: File] = [:]
        while let line = try lines.next() {
            guard line.isEnded else { continue }
            switch JournalReader.outcome(line.bytes) {
            case .change(let change):
                guard let name = name(of: change.path, in: output) else { continue }
                earlier[name] = files[name] ?? File()
                add(change, name, isUndoing: header.undoes != nil)
            case .failed(let paths):
                for name in paths.compactMap({ name(of: $0, in: output) }) { files[name] = earlier[name] }
            case nil: continue
            }
        }
    }

    /// Where links lead, a run that followed them recorded a path without them.
    private func name(of path: String, in output: String) -> ByteKey? {
        (Paths.relative(path, to: output) ?? Paths.relative(path, to: folder)).map(ByteKey.init)
    }

    private mutating func add(_ change: RecordedChange, _ name: ByteKey, isUndoing: Bool) {
        var file = files[name] ?? File()
        if let after = change.after {
            // What an undoing puts back may be somebody else's.
            if !isUndoing { file.states.insert(after) }
            file.isWritten = file.states.contains(after)
        } else {
            file.isWritten = false
        }
        files[name] = file
    }
}
