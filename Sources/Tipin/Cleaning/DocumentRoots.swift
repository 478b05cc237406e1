internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// What the documents named to `gc` keep, after all of them were read.
struct DocumentRoots: Sendable {
    private(set) var named = NamedAssets()
    /// Documents that were read.
    private(set) var count = 0
    /// What could not be read: as long as there is any of it nobody knows what it names.
    private(set) var failures: [Diagnostic] = []
    /// The documents of each book, as the catalog marks the links that they made.
    private var marks: [ByteKey: Set<Mark>] = [:]
    private var stamps: [(path: String, status: FileStatus)] = []

    struct Mark: Hashable, Sendable {
        var kind: String
        var document: ByteKey
    }

    /// The documents of the book that were read.
    func marks(ofBook book: String) -> Set<Mark> { marks[ByteKey(book)] ?? [] }

    /// - Parameter lines: read in place of the paths, where it is given.
    mutating func read(_ group: PathGroup, host: Host, lines: LineSource?) async throws {
        let collect = Collect(group.settings)
        var reader = try DocumentReader(
            group.settings, host: host, collect: collect, paths: group.paths, lines: lines)
        let owners = OwnerBooks(collect, given: group.settings.books)
        while let loaded = try await reader.next() {
            for file in loaded { add(file, owners, group.settings) }
        }
    }

    private mutating func add(_ file: LoadedFile, _ owners: OwnerBooks, _ settings: Settings) {
        failures += file.diagnostics.filter { $0.severity == .error || $0.code == .sidecarInvalid }
        if let status = file.status { stamps.append((file.file.path, status)) }
        // Also what is no document that we know: another program's may name a picture all the same.
        named.add(text: file.bytes)
        for document in file.documents {
            count += 1
            if let sidecar = document.sidecar?.bytes { named.add(text: sidecar) }
            Naming.forEach(in: document) { named.add($0) }
            guard let book = owners.owner(of: document.collected, at: file.file.path) else { continue }
            marks[ByteKey(book), default: []].insert(
                Mark(
                    kind: document.collected.kind.rawValue, document: ByteKey(document.catalogID(file.file, settings))))
        }
    }

    /// A document that is not what was read; what it names now nobody knows.
    func changedDocument() -> String? {
        stamps.first { path, status in
            guard let folder = try? Folder(opening: Paths.parent(of: path)),
                let now = try? folder.openFile(Paths.name(of: path)).status()
            else { return true }
            return now.size != status.size || now.modified != status.modified || now.inode != status.inode
        }?.path
    }
}
