internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Refuses an output folder inside a PATH where sources stand: a run does not walk its own output, so it would pass
/// over them, write over them and, with `--prune`, remove them.
///
/// What earlier runs wrote there looks the same: their journals tell, and of what they do not name, whether it is a
/// copy of the document that would be written in its place.
struct OutputPlace {
    /// Absolute, without symbolic links.
    private let folder: String
    private let groups: [PathGroup]
    private let host: Host

    /// - Returns: `nil` where documents go to no folder that is there and that a PATH holds.
    init?(_ destination: Destination, _ groups: [PathGroup], host: Host) {
        guard case .folder(let named) = destination, Paths.isFolder(named) else { return nil }
        let folder = Paths.real(named)
        let roots = groups.flatMap(\.paths).map { Paths.real(Paths.absolute($0, relativeTo: host.workingFolder)) }
        guard roots.contains(where: { Paths.relative(folder, to: $0) != nil }) else { return nil }
        self.folder = folder
        self.groups = groups
        self.host = host
    }

    /// - Throws: `RunError.usage` for the first source that stands there.
    func check() throws {
        var written: WrittenFiles?
        for group in groups {
            let walk = DocumentWalk(group.settings, workingFolder: host.workingFolder)
            var sources: [ByteKey: DocumentFile] = [:]
            var standing: [(name: String, file: DocumentFile)] = []
            var paths = RealPaths()
            // Where sources may stand that were not found. What cannot be read is told by the run itself.
            var unseen: [String] = []
            for file in try walk.files(in: group.paths, leftOut: { unseen.append($0.relative) }) {
                if let name = Paths.relative(paths.real(file.path), to: folder) {
                    standing.append((name, file))
                } else {
                    sources[ByteKey(file.relativePath)] = file
                }
            }
            guard !standing.isEmpty else { continue }
            if written == nil { written = try writtenFiles() }
            let collect = Collect(group.settings)
            for (name, file) in standing where !(written?.contain(name) ?? false) {
                if unseen.contains(where: { $0.isEmpty || Paths.isEqualOrBelow(name, $0) }) { continue }
                let source = sources[ByteKey(name)]
                guard isSource(file, besides: source, collect) else { continue }
                throw RunError.usage(Self.holdsSource(file.label, besides: source?.label))
            }
        }
    }

    /// `nil` without a store.
    private func writtenFiles() throws -> WrittenFiles? {
        guard let path = groups.first?.settings.dataFolder, Paths.isFolder(path) else { return nil }
        return try WrittenFiles(
            below: folder, RunFolder(try DataFolder(path: path, creates: false, clock: host.clock)))
    }

    /// Whether it is no copy of the document that would be written in its place. Where that one is none, nothing is.
    private func isSource(_ file: DocumentFile, besides source: DocumentFile?, _ collect: Collect) -> Bool {
        guard let source else { return holdsDocument(file, collect) }
        if file.isLines { return (try? holdsOtherLines(file, than: source, collect)) ?? false }
        guard let written = collect.load(source).documents.first?.collected else { return false }
        // What a record is, its folder may say.
        let bytes = collect.load(file).bytes
        guard let standing = collect.documents(in: bytes, of: source).first?.collected else { return false }
        if let id = standing.id, let other = written.id { return !id.hasSameBytes(as: other) }
        return RewriteBounds(written).fault(of: standing) != nil
    }

    /// Whether one of its documents is none of the source's: by its id, and without one by its bytes.
    private func holdsOtherLines(
        _ file: DocumentFile, than source: DocumentFile, _ collect: Collect
    ) throws -> Bool {
        var names: Set<LineName> = []
        try read(source, collect) { document in
            names.insert(LineName(document))
            return true
        }
        var isOther = false
        try read(file, collect) { document in
            isOther = !names.contains(LineName(document))
            return !isOther
        }
        return isOther
    }

    /// What tells a document on a line from others.
    private enum LineName: Hashable {
        case id(ByteKey)
        case bytes(SHA256Digest)

        init(_ document: CollectedDocument) {
            self = document.id.map { .id(ByteKey($0)) } ?? .bytes(SHA256Digest(of: document.bytes))
        }
    }

    /// - Parameter each: returns whether it wants the next one too.
    private func read(
        _ file: DocumentFile, _ collect: Collect, _ each: (CollectedDocument) -> Bool
    ) throws {
        var lines = try collect.lines(of: file)
        while let piece = try lines.next() {
            if piece.isOversized { continue }
            for document in collect.load(piece, of: file).documents where !each(document.collected) { return }
        }
    }

    private func holdsDocument(_ file: DocumentFile, _ collect: Collect) -> Bool {
        if file.hasManyLines { return (try? collect.holdsDocument(file)) == true }
        return !collect.load(file).documents.isEmpty
    }

    private static func holdsSource(_ label: String, besides source: String?) -> Problem {
        let fact = source.map { "is another document than '\(Redaction.printable($0))'" } ?? "has no source elsewhere"
        return Problem(
            .usage, "--output leads to a folder in PATH that holds documents",
            notes: ["'\(Redaction.printable(label))' \(fact), and no run is known that wrote it"],
            help: ["name another folder; if an earlier run wrote what stands there, remove that first"])
    }
}
