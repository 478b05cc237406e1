internal import Glibc
internal import TipinAssets
package import TipinFiles

/// Writes down what a run changes, durable before the first document is touched, so that it can be undone (RULES 5
/// "Undo"). A run of which nothing stands leaves none.
package actor Journal {
    /// What is about to be done together.
    struct Batch: Sendable {
        var changes: [RecordedChange] = []
        var spooled: SpooledChange?
        var links: [RecordedLinks] = []
        var assets: [NamedAsset] = []

        var isEmpty: Bool { changes.isEmpty && spooled == nil && links.isEmpty }
    }

    private let executor = BlockingExecutor()
    /// Its calls wait for the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let clock: WallClock
    private var header: RunLine.Header
    private var file: JournalFile?
    private var documents = 0
    /// Whether links were recorded, of documents that were written or not.
    private var hasLinks = false
    private var failed: [String] = []
    /// Whether its being there says something.
    private var isKept = false

    /// - Parameters:
    ///   - destination: where the run's documents go.
    ///   - undone: the run that this one takes back.
    package init(command: String, destination: Destination, undoes undone: String? = nil, clock: WallClock) {
        self.clock = clock
        let time = clock.timestamp()
        var output: String?
        if case .folder(let folder) = destination { output = folder }
        header = RunLine.Header(
            id: Self.name(at: time), command: command, startedAt: time, output: output, undoes: undone)
    }

    /// The run's id; `nil` as long as nothing was recorded.
    package var id: String? { file == nil ? nil : header.id }

    /// Begins the journal of a run whose being there says something, even if it changes nothing.
    func begin(in folder: DataFolder) throws {
        isKept = true
        let bytes = try begin(folder)
        try file?.append(bytes)
    }

    /// Makes a batch durable.
    /// - Parameter folder: where the journal is kept; without one nothing can be undone.
    /// - Throws: then the batch must not be done.
    func record(_ batch: Batch, in folder: DataFolder?) throws {
        guard let folder, !batch.isEmpty else { return }
        var bytes = try begin(folder)
        if !batch.assets.isEmpty { bytes += try RunLine(assets: batch.assets).encoded() }
        for links in batch.links { bytes += try RunLine(links: links.step, path: links.path).encoded() }
        for change in batch.changes where !keepsMuch(change) { bytes += try RunLine(change: change).encoded() }
        try file?.write(bytes)
        for change in batch.changes where keepsMuch(change) { try writeKept(change) }
        if let spooled = batch.spooled {
            let line = SplicedArray("edits", in: try RunLine(change: spooled.change).encoded())
            try wholly { write in try line.write(spooled.edits, to: write) }
        }
        // One for the whole batch, before its first document is exchanged.
        try file?.sync()
        documents += batch.changes.count + (batch.spooled == nil ? 0 : 1)
        hasLinks = hasLinks || !batch.links.isEmpty || batch.changes.contains { $0.links != nil }
    }

    /// Whether more of a file in an output folder is kept than should be in memory once more.
    private func keepsMuch(_ change: RecordedChange) -> Bool {
        header.output != nil && change.before.map { $0.size > RecordedEdit.keptAtOnce } ?? false
    }

    private func writeKept(_ change: RecordedChange) throws {
        let bytes = change.keptBytes
        var empty = change
        empty.edits = []
        let line = SplicedArray("edits", in: try RunLine(change: empty).encoded())
        try wholly { write in
            try write(Array(line.before))
            for place in stride(from: 0, to: bytes.count, by: RecordedEdit.keptAtOnce) {
                let piece = bytes[place..<min(place + RecordedEdit.keptAtOnce, bytes.count)]
                if place > 0 { try write([UInt8(ascii: ",")]) }
                try write(try RunLine.encode(RecordedEdit(keeping: Array(piece), at: place)))
            }
            try write(Array(line.after))
        }
    }

    /// Writes a line in pieces; nothing may follow one that is not whole.
    private func wholly(_ body: (([UInt8]) throws -> Void) throws -> Void) throws {
        do {
            try body { try file?.write($0) }
        } catch {
            file?.giveUp(error as? FileError ?? FileError(.write, header.id, EIO))
            throw error
        }
    }

    /// Notes why a recorded change was not made, or not wholly: only one of which nothing stands is taken out.
    func note(_ failure: WriteFailure, of path: String) {
        if !failure.leavesChange { failed.append(path) }
    }

    /// Closes the journal of a run that came to its end, and removes it where nothing of the run stands.
    /// - Parameter left: files that an undoing could not put back, or not wholly.
    package func end(left: Int = 0) throws {
        guard let file else { return }
        let stands = documents > failed.count || hasLinks || isKept
        var end = RunLine.End(endedAt: clock.timestamp(), documents: documents - failed.count)
        if left > 0 { end.left = left }
        let bytes = try failures() + RunLine(end: end).encoded()
        try file.append(bytes)
        file.close()
        // One that stays in spite of it says itself that there is nothing to undo.
        if !stands, (try? file.remove()) != nil { self.file = nil }
    }

    private func begin(_ folder: DataFolder) throws -> [UInt8] {
        guard file == nil else { return try failures() }
        while file == nil {
            do throws(FileError) {
                file = try JournalFile(RunFolder(folder), run: header.id)
            } catch {
                // Another run of the same second drew the same lot.
                guard error.alreadyExists else { throw error }
                header.id = Self.name(at: header.startedAt)
            }
        }
        header.folder = try RunPlace(RunFolder(folder))
        return try RunLine(run: header).encoded()
    }

    private func failures() throws -> [UInt8] {
        guard !failed.isEmpty else { return [] }
        defer { failed = [] }
        documents -= failed.count
        return try RunLine(failed: failed).encoded()
    }

    /// `20260131-080910123-3f2a`: by their names runs are in the order of their time.
    static func name(at time: String) -> String {
        let digits = time.filter(\.isNumber)
        let random = String(UInt16.random(in: 0x1000...0xFFFF), radix: 16)
        return "\(digits.prefix(8))-\(digits.dropFirst(8))-\(random)"
    }
}
