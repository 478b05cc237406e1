internal import TipinAssets
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The lines that an earlier run wrote of a file of lines: those of documents that a run refuses, or that belong to
/// books that it is not for, stay there as they are.
final class StandingLines {
    /// Why nobody can tell which of the older lines is to stay.
    enum Unknown: Sendable, Equatable {
        /// A line is no document.
        case noDocument
        /// The document in this line is not to be written, and has no id.
        case noID(line: Int?)
        /// It is not to be written, and another one has its id.
        case sharedID(line: Int?)
    }

    /// What became of a document of the source.
    private enum Seen {
        case other
        /// It got the line that stood under its name.
        case kept
    }

    /// Absolute; where the file goes.
    private let path: String
    private let collect: Collect
    private let documentLimit: Int
    /// `nil` until somebody asks.
    private var older: OlderLines?
    /// The documents of the source so far.
    private var seen: [DocumentName: Seen] = [:]

    /// `nil` where it is told of each line that was to stay which one it is.
    private(set) var unknown: Unknown?

    /// `nil` where nothing that stands is to stay.
    init?(of file: DocumentFile, _ options: RunOptions, _ settings: Settings) {
        guard file.isLines, options.keepsOlder else { return nil }
        path = options.destination.path(of: file)
        collect = Collect(settings)
        documentLimit = settings.documentLimit
    }

    /// Gives lines that the run does not write the bytes that stand.
    /// - Throws: where they cannot be read.
    func keep(in piece: inout RewrittenFile) throws {
        let refused = Set(piece.refusedLines.map(\.lowerBound))
        if !piece.loaded.badLines.isEmpty, try read().exists { note(.noDocument) }
        var edits = piece.edits
        for document in piece.loaded.documents {
            let isRefused = refused.contains(document.offset)
            guard let bytes = try look(at: document, isRefused: isRefused) else { continue }
            edits.append(Edit(document.offset..<(document.offset + document.collected.bytes.count), bytes))
        }
        if !refused.isEmpty { piece.bytes = edits.sortedByPlace().applied(to: piece.loaded.bytes) }
    }

    /// Whether lines were made of what stands, and of nothing else.
    /// - Parameter standing: what the new file is to replace; `nil` for nothing.
    func areOf(_ standing: FileState?) -> Bool { older.map { $0.state == standing } ?? true }

    /// - Returns: the bytes that stand in the place of a refused document; `nil` where its own are right.
    private func look(at document: LoadedDocument, isRefused: Bool) throws -> [UInt8]? {
        let name = DocumentName(document.collected)
        let first = name.flatMap { seen.updateValue(.other, forKey: $0) }
        // Which of the two the older line belongs to nobody can tell.
        if first == .kept { note(.sharedID(line: document.line)) }
        guard isRefused else { return nil }
        let older = try read()
        let lines = name.map { older.lines(of: $0) } ?? .several
        switch lines {
        case .none: return nil
        case .one(let range) where first == nil:
            if let name { seen[name] = .kept }
            return try older.bytes(at: range)
        case .one, .several:
            // Where it stands already as it is, it is known all the same.
            if older.exists, !older.holds(document.collected.bytes) {
                note(name == nil ? .noID(line: document.line) : .sharedID(line: document.line))
            }
            return nil
        }
    }

    private func note(_ reason: Unknown) { unknown = unknown ?? reason }

    private func read() throws -> OlderLines {
        if let older { return older }
        let read = try OlderLines(at: path, collect, documentLimit: documentLimit)
        older = read
        return read
    }
}
