internal import TipinDiagnostics

/// The documents of a file of lines, or of a stream of them, piece by piece: memory does not grow with it.
struct LinePieces {
    private let file: DocumentFile
    private let collect: Collect
    private var source: LineSource?
    /// What kept the file from being opened, until it is told.
    private var refusal: [Diagnostic] = []
    /// Whether no line of a file that a walk found is a document; `nil` as long as nobody asked.
    private var isForeign: Bool?
    /// Whether the file could not be read to its end.
    private(set) var isBroken = false

    init(_ file: DocumentFile, _ collect: Collect) {
        self.file = file
        self.collect = collect
        source = collect.lines(of: file, &refusal)
    }

    init(_ source: LineSource, of stream: DocumentFile, _ collect: Collect) {
        file = stream
        self.collect = collect
        self.source = source
    }

    /// `nil` at the end. What cannot be read of a file is a diagnostic of its last piece.
    /// - Throws: where a stream cannot be read.
    mutating func next() throws -> LoadedFile? {
        guard refusal.isEmpty else {
            defer { refusal = [] }
            return broken(refusal)
        }
        do {
            guard let piece = try source?.next() else {
                source = nil
                return nil
            }
            if piece.isOversized { return oversized(piece) }
            var loaded = collect.load(piece, of: file)
            if !file.isNamed { try passOverOtherLines(of: &loaded) }
            return loaded
        } catch  where !file.isStream {
            source = nil
            return broken([Diagnostic(error.problem(at: file.path), at: Place(file: file.label))])
        }
    }

    /// Takes what was read and not given yet, as it is.
    mutating func takeUngiven() -> [UInt8] { source?.takeUngiven() ?? [] }

    /// Whether the lines are another program's shows when the last is read: then they are read twice.
    private mutating func passOverOtherLines(of loaded: inout LoadedFile) throws {
        if !loaded.documents.isEmpty { isForeign = false }
        guard isForeign != false, loaded.diagnostics.contains(where: { $0.code == .notADocument }) else { return }
        let isKnown = isForeign != nil
        if !isKnown { isForeign = try !collect.holdsDocument(file) }
        guard isForeign == true else { return }
        // The file is counted once.
        loaded.isForeign = loaded.passOverOtherLines() && !isKnown
    }

    private mutating func broken(_ diagnostics: [Diagnostic]) -> LoadedFile {
        isBroken = true
        var loaded = LoadedFile(file: file, bytes: [], status: nil)
        loaded.diagnostics = diagnostics
        return loaded
    }

    /// A part of a line that is no document: it stays as it is.
    private func oversized(_ piece: LineSource.Piece) -> LoadedFile {
        var loaded = LoadedFile(file: file, bytes: piece.bytes, status: nil)
        (loaded.lineBase, loaded.offsetBase) = (piece.lineBase, piece.offsetBase)
        loaded.badLines = [piece.bytes.indices]
        if piece.beginsLine, let source { loaded.diagnostics = [source.problem(of: piece, in: file.label)] }
        return loaded
    }
}
