package import TipinFiles

/// The folder `runs/` below the data folder: a journal for each run that changed something.
package struct RunFolder: Sendable {
    /// The name below the data folder.
    package static let name = "runs"
    /// What the name of a journal ends with.
    package static let suffix = ".ndjson"
    /// Milliseconds for which a run can be undone and a plan keeps what it names: 90 days.
    package static let lifetime: Int64 = 90 * 86_400_000
    /// Bytes of one line of a journal: the edits of one document, with what they replace, twice escaped at the worst.
    package static let lineLimit = 4 << 30

    package let folder: DataFolder

    package init(_ folder: DataFolder) { self.folder = folder }

    /// The runs that have a journal, the earliest first.
    package func runs() throws(FileError) -> [String] {
        try folder.root.names(in: Self.name).filter { $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }
            .map { String($0.dropLast(Self.suffix.count)) }
    }

    /// The lines of a run's journal.
    /// - Parameter kept: bytes of a line that are wanted: at least the beginning of a longer one is given.
    package func lines(of run: String, keeping kept: Int = .max) throws(FileError) -> LineReader {
        LineReader(try folder.root.openFile(place(of: run)), limit: Self.lineLimit, keeping: kept)
    }

    /// Where a run's journal lies, relative to the data folder.
    package func place(of run: String) -> String { "\(Self.name)/\(run)\(Self.suffix)" }

    /// Removes a run's journal: it cannot be undone any more, and what it names is kept no longer.
    package func remove(_ run: String) throws(FileError) {
        try folder.root.removeFile(place(of: run))
        try folder.root.syncFolder(Self.name)
    }
}
