internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// What a document in a file of lines is known by: ids of two books may be the same.
struct DocumentName: Hashable {
    private let id: ByteKey
    private let book: ByteKey?

    /// `nil` where the document has no id.
    init?(_ document: CollectedDocument) {
        guard let id = document.id else { return nil }
        self.id = ByteKey(id)
        book = document.bookID.map(ByteKey.init)
    }
}

/// A file of lines as it stood at one moment: another that takes its path meanwhile changes nothing of what is read.
final class OlderLines {
    /// The lines of a document.
    enum Lines {
        case none
        case one(Range<Int>)
        case several
    }

    /// The file, kept open.
    private final class Source {
        let file: OpenFile
        var reading = FileReading()

        init(_ path: String) throws {
            file = try OpenFile.following(path)
            guard try file.status().kind == .regular else { throw ParseError.notRegular }
        }

        func next(_ count: Int) throws -> [UInt8] {
            let bytes = try file.readChunk(upTo: count)
            reading.add(bytes)
            return bytes
        }
    }

    private let path: String
    /// `nil` where no file stands.
    private let source: Source?
    private var places: [DocumentName: Lines] = [:]
    private var digests: Set<SHA256Digest> = []

    /// All of the file; `nil` where none stands.
    let state: FileState?

    /// - Parameters:
    ///   - path: absolute.
    ///   - documentLimit: bytes of a line; longer ones are no documents.
    /// - Throws: where what stands there cannot be read.
    init(at path: String, _ collect: Collect, documentLimit: Int) throws {
        self.path = path
        guard Paths.exists(path) else {
            (source, state) = (nil, nil)
            return
        }
        let source = try Source(path)
        let file = DocumentFile(
            label: path, path: path, relativePath: Paths.name(of: path), root: Paths.parent(of: path), isNamed: true)
        var pieces = LineSource(limit: documentLimit, read: source.next)
        var (places, digests) = (places, digests)
        while let piece = try pieces.next() {
            if piece.isOversized { continue }
            for document in collect.load(piece, of: file).documents {
                let bytes = document.collected.bytes
                digests.insert(SHA256Digest(of: bytes))
                guard let name = DocumentName(document.collected) else { continue }
                let start = piece.offsetBase + document.offset
                places[name] = places[name] == nil ? .one(start..<(start + bytes.count)) : .several
            }
        }
        (self.source, state) = (source, source.reading.state)
        (self.places, self.digests) = (places, digests)
    }

    var exists: Bool { source != nil }

    func lines(of document: DocumentName) -> Lines { places[document] ?? .none }

    /// Whether a document stands there with just these bytes.
    func holds(_ bytes: [UInt8]) -> Bool { digests.contains(SHA256Digest(of: bytes)) }

    /// - Parameter range: of one line.
    /// - Throws: also where somebody wrote into the file since.
    func bytes(at range: Range<Int>) throws -> [UInt8] {
        guard let source else { return [] }
        try source.file.seek(to: range.lowerBound)
        let bytes = try source.file.readChunk(upTo: range.count)
        guard bytes.count == range.count, !bytes.contains(0x0A) else { throw DocumentWriter.Failure.changed(path) }
        return bytes
    }
}
