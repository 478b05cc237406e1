internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Refuses an output folder inside a PATH where sources stand: a run does not walk its own output, so it would pass
/// over them, write over them and, with `--prune`, remove them.
///
/// What an earlier run wrote there looks the same; its journal tells, and else that each document has its source.
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
        guard try !isKnown() else { return }
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
            let collect = Collect(group.settings)
            for (name, file) in standing {
                if unseen.contains(where: { $0.isEmpty || Paths.isEqualOrBelow(name, $0) }) { continue }
                let source = sources[ByteKey(name)]
                guard isSource(file, besides: source, collect) else { continue }
                throw RunError.usage(Self.holdsSource(file.label, besides: source?.label))
            }
        }
    }

    /// Whether a run that this store knows wrote there.
    private func isKnown() throws -> Bool {
        guard let path = groups.first?.settings.dataFolder, Paths.isFolder(path) else { return false }
        let runs = RunFolder(try DataFolder(path: path, creates: false, clock: host.clock))
        return try runs.runs().contains { run in
            let output = try? JournalReader(run, in: runs).header().output
            return output.map { Paths.areEqual(Paths.real($0), folder) } ?? false
        }
    }

    /// Whether it is no copy of the document that would be written in its place.
    private func isSource(_ file: DocumentFile, besides source: DocumentFile?, _ collect: Collect) -> Bool {
        guard let source else { return holdsDocument(file, collect) }
        guard !file.isLines else { return false }
        let ids = [file, source].map { collect.load($0).documents.first?.collected.id }
        guard let standing = ids[0], let written = ids[1] else { return false }
        return !standing.hasSameBytes(as: written)
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
