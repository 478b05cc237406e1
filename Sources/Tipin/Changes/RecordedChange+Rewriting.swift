internal import TipinDocument
internal import TipinJSON

extension RecordedChange {
    /// What a rewritten file becomes where it stands.
    /// - Parameter followsLinks: whether it is written where its links lead to.
    init(_ file: RewrittenFile, followsLinks: Bool) {
        let source = file.loaded.file
        path = followsLinks ? Paths.real(source.path) : source.path
        label = source.label
        kind = file.kind
        before = FileState(of: file.loaded.bytes)
        after = file.edits.isEmpty ? FileState(of: file.loaded.bytes) : FileState(of: file.bytes)
        edits = file.recordedEdits
        sidecar = file.sidecar.map { sidecar in
            Sidecar(
                path: followsLinks ? Paths.real(sidecar.path) : sidecar.path,
                before: sidecar.original.map { RecordedBytes($0) }, after: RecordedBytes(sidecar.bytes))
        }
    }

    /// What a file becomes in an output folder; all bytes that it replaces there are kept.
    /// - Parameters:
    ///   - standing: what stands there; `nil` for nothing.
    ///   - sidecar: the manifest file that goes with it.
    init(_ file: RewrittenFile, to path: String, over standing: [UInt8]?, sidecar: Sidecar?) {
        self.path = path
        label = path
        kind = file.kind
        before = standing.map { FileState(of: $0) }
        after = FileState(of: file.bytes)
        edits = standing.map { [RecordedEdit(keeping: $0)] } ?? []
        self.sidecar = sidecar
    }

    /// Names the files where their links lead to.
    mutating func followLinks() {
        path = Paths.real(path)
        if let sidecar { self.sidecar?.path = Paths.real(sidecar.path) }
    }

    /// A file of many lines that is removed; the edits that keep its bytes are on the disk.
    /// - Throws: `FileError` where the file cannot be read.
    init(removingLines file: DocumentFile, _ before: FileState) throws {
        path = file.path
        label = file.path
        kind = RewrittenFile(LoadedFile(file: file, bytes: [], status: nil)).kind
        self.before = before
        after = nil
        attributes = try RecordedAttributes(ofFileAt: path)
        edits = []
    }

    /// A file that is removed with its manifest file; all of its bytes are kept.
    /// - Throws: `FileError` where the files cannot be read.
    init(removing file: LoadedFile) throws {
        path = file.file.path
        label = file.file.path
        kind = RewrittenFile(file).kind
        before = FileState(of: file.bytes)
        after = nil
        attributes = try RecordedAttributes(ofFileAt: path)
        edits = [RecordedEdit(keeping: file.bytes)]
        sidecar = try file.documents.first?.sidecar.flatMap { sidecar in
            try sidecar.bytes.map {
                Sidecar(
                    path: sidecar.path, before: RecordedBytes($0), after: nil,
                    attributes: try RecordedAttributes(ofFileAt: sidecar.path))
            }
        }
    }
}

extension RewrittenFile {
    /// Its edits as journals and plans have them, in the offsets of the whole file where it is a piece of one.
    var recordedEdits: [RecordedEdit] {
        var edits = RecordedEdits(self).all
        for index in edits.indices { edits[index].offset += loaded.offsetBase }
        return edits
    }

    /// What the documents in it are.
    var kind: String {
        loaded.file.isLines ? "lines" : loaded.documents.first?.collected.kind.rawValue ?? "unknown"
    }
}

/// Gathers the edits of a file by the mentions that they belong to.
private struct RecordedEdits {
    private struct Piece {
        var range: Range<Int>
        var edits: [Edit]
        var pointer: String?
        var nesting = 0
        var document: LoadedDocument?
    }

    private var pieces: [Piece] = []
    private let bytes: [UInt8]
    private let parts: [(document: LoadedDocument, rewrite: DocumentRewrite)]

    init(_ file: RewrittenFile) {
        bytes = file.loaded.bytes
        parts = file.parts
        // What was taken back because the whole file was refused is no change.
        guard !file.edits.isEmpty else { return }
        for part in file.parts { add(part.rewrite, of: part.document) }
        pieces.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    private mutating func add(_ rewrite: DocumentRewrite, of document: LoadedDocument) {
        let offset = document.offset
        func moved(_ range: Range<Int>) -> Range<Int> { (range.lowerBound + offset)..<(range.upperBound + offset) }
        func moved(_ edit: Edit) -> Edit { Edit(moved(edit.range), edit.replacement, nesting: edit.nesting) }
        let collected = document.collected
        var rest = 0
        func addRest(upTo end: Int) {
            for edit in rewrite.edits[rest..<end] {
                let edit = moved(edit)
                pieces.append(Piece(range: edit.range, edits: [edit], nesting: edit.nesting, document: document))
            }
        }
        for change in rewrite.mentionEdits {
            addRest(upTo: change.edits.lowerBound)
            rest = change.edits.upperBound
            let mention = collected.mentions[change.mention]
            pieces.append(
                Piece(
                    range: moved(mention.owned.range), edits: rewrite.edits[change.edits].map(moved),
                    pointer: collected.ownerPointer(of: mention), nesting: Int(mention.nesting), document: document))
        }
        addRest(upTo: rewrite.edits.count)
    }

    /// One mention may stand inside what another owns: then the outer one covers both.
    private var merged: [Piece] {
        var result: [Piece] = []
        for piece in pieces {
            guard let last = result.last, piece.range.lowerBound < last.range.upperBound else {
                result.append(piece)
                continue
            }
            result[result.count - 1].edits += piece.edits
            if piece.range.upperBound > last.range.upperBound || piece.range == last.range && last.pointer == nil {
                result[result.count - 1].pointer = piece.pointer
                result[result.count - 1].nesting = piece.nesting
            }
            result[result.count - 1].range =
                last.range.lowerBound..<max(last.range.upperBound, piece.range.upperBound)
        }
        return result
    }

    var all: [RecordedEdit] {
        let edits = recorded
        // Those of one document stand together.
        var byLine = Dictionary(grouping: edits) { $0.line ?? 0 }
        for part in parts {
            let touched = Set(part.rewrite.mentionEdits.map(\.mention))
            let line = part.document.line ?? 0
            guard touched.count < part.document.collected.mentions.count, var own = byLine[line] else { continue }
            TwinCount(part.document.collected, touched: touched).mark(&own, at: part.document.offset)
            byLine[line] = own
        }
        return byLine.values.flatMap(\.self).sorted {
            ($0.offset, $0.range.upperBound) < ($1.offset, $1.range.upperBound)
        }
    }

    private var recorded: [RecordedEdit] {
        merged.map { piece in
            let start = piece.range.lowerBound
            let old = Array(bytes[piece.range])
            let edits = piece.edits.map { edit in
                Edit((edit.range.lowerBound - start)..<(edit.range.upperBound - start), edit.replacement)
            }
            return RecordedEdit(
                offset: start, old: RecordedBytes(old), new: RecordedBytes(edits.applied(to: old)),
                pointer: piece.pointer, nesting: piece.nesting == 0 ? nil : piece.nesting, line: piece.document?.line,
                document: piece.document?.line == nil ? nil : piece.document?.collected.id)
        }
    }
}
