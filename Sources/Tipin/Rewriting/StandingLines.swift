internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The lines that an earlier run wrote of a file of lines: those of documents that a run refuses, or that belong to
/// books that it is not for, stay there as they are.
final class StandingLines {
    /// What a document is known by: ids of two books may be the same.
    private struct Name: Hashable {
        let id: ByteKey
        let book: ByteKey?

        /// `nil` where the document has no id.
        init?(_ document: CollectedDocument) {
            guard let id = document.id else { return nil }
            self.id = ByteKey(id)
            book = document.bookID.map(ByteKey.init)
        }
    }

    /// Where the earlier run wrote a document.
    private enum Place {
        case line(Range<Int>)
        case nowhere
        /// It has no id, or more than one line has it.
        case unknown
    }

    /// Absolute; what the earlier run wrote.
    private let path: String
    private let collect: Collect
    /// `nil` until somebody asks.
    private var places: [Name: Place]?

    /// Whether a line was to stay and nobody can tell which one it is: it is no document, or has no id of its own.
    private(set) var hasUnknownLines = false

    /// `nil` where no earlier run wrote anything that is to stay.
    init?(of file: DocumentFile, _ options: RunOptions, _ settings: Settings) {
        guard file.isLines, let older = options.older(of: file) else { return nil }
        path = older
        collect = Collect(settings)
    }

    /// Gives lines that the run does not write the bytes that stand.
    /// - Throws: where they cannot be read.
    func keep(in piece: inout RewrittenFile) throws {
        if !piece.loaded.badLines.isEmpty { hasUnknownLines = true }
        let refused = Set(piece.refusedLines.map(\.lowerBound))
        guard !refused.isEmpty else { return }
        let places = try places ?? read()
        self.places = places
        let file = try OpenFile.following(path)
        var edits = piece.edits
        for document in piece.loaded.documents where refused.contains(document.offset) {
            let place = Name(document.collected).map { places[$0] ?? .nowhere } ?? .unknown
            if case .unknown = place { hasUnknownLines = true }
            guard case .line(let range) = place else { continue }
            try file.seek(to: range.lowerBound)
            let bytes = try file.readChunk(upTo: range.count)
            guard bytes.count == range.count, !bytes.contains(0x0A) else { throw DocumentWriter.Failure.changed(path) }
            edits.append(Edit(document.offset..<(document.offset + document.collected.bytes.count), bytes))
        }
        piece.bytes = edits.sortedByPlace().applied(to: piece.loaded.bytes)
    }

    private func read() throws -> [Name: Place] {
        let file = DocumentFile(
            label: path, path: path, relativePath: Paths.name(of: path), root: Paths.parent(of: path), isNamed: true)
        var places: [Name: Place] = [:]
        var source = try collect.lines(of: file)
        while let piece = try source.next() {
            if piece.isOversized { continue }
            for document in collect.load(piece, of: file).documents {
                guard let name = Name(document.collected) else { continue }
                let start = piece.offsetBase + document.offset
                let range = start..<(start + document.collected.bytes.count)
                places[name] = places[name] == nil ? .line(range) : .unknown
            }
        }
        return places
    }
}
