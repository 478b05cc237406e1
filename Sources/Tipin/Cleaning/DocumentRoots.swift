internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// What the documents named to `gc` keep, after all of them were read.
struct DocumentRoots: Sendable {
    private(set) var named: NamedAssets
    /// Documents that were read.
    private(set) var count = 0
    /// What could not be read: as long as there is any of it nobody knows what it names.
    private(set) var failures: [Diagnostic] = []
    /// Hidden and excluded files that are no JSON.
    private var others: Set<ByteKey> = []
    /// The documents, as the catalog marks the links that they made.
    private var marks: Set<DocumentMark> = []
    private var books: Set<ByteKey> = []
    /// As the catalog names what has no id.
    private var files: Set<ByteKey> = []
    private var stamps: [(path: String, status: FileStatus)] = []

    /// - Parameter ids: under which the catalog knows assets.
    init(knownAs ids: [String]) { named = NamedAssets(knownAs: ids) }

    /// Hidden and excluded files that are another program's: no JSON.
    var otherCount: Int { others.count }

    /// Whether any document of the book was read.
    func hasDocuments(ofBook book: String) -> Bool { books.contains(ByteKey(book)) }

    /// Whether the document that made a link was read.
    func has(_ mark: DocumentMark) -> Bool { marks.contains(mark) }

    /// Whether the file was read.
    /// - Parameter path: as the catalog names documents without an id.
    func hasFile(_ path: String) -> Bool { files.contains(ByteKey(path)) }

    /// - Parameter lines: read in place of the paths, where it is given.
    mutating func read(_ group: PathGroup, host: Host, lines: LineSource?) async throws {
        let collect = Collect(group.settings)
        var leftOut: [LeftOut] = []
        var reader = try DocumentReader(
            group.settings, host: host, collect: collect, paths: group.paths, lines: lines, passesOver: .nothing
        ) { leftOut.append($0) }
        failures += Self.failures(leftOut)
        let owners = OwnerBooks(collect, given: group.settings.books)
        while let loaded = try await reader.next() {
            for file in loaded { add(file, owners, group.settings) }
        }
    }

    /// What is said of places that were left out, where only the whole will do.
    static func failures(_ leftOut: [LeftOut]) -> [Diagnostic] {
        leftOut.compactMap { place in
            guard var diagnostic = place.diagnostic else { return nil }
            diagnostic.severity = .error
            // What 'exclude' names is read here all the same.
            switch place.reason {
            case .unreadable, .unknown: diagnostic.problem.help = ["mend its permissions, or move it away"]
            case .linkToFolder, .linkToFile, .secondName: diagnostic.problem.help = ["name that path too"]
            case .noFile: diagnostic.problem.help = ["give it another name, or move it away"]
            case .linkToNothing, .excluded, .hiddenFolder: break
            }
            return diagnostic
        }
    }

    private mutating func add(_ file: LoadedFile, _ owners: OwnerBooks, _ settings: Settings) {
        if file.isOthers { others.insert(ByteKey(file.file.path)) }
        failures += file.faults.filter { $0.severity == .error || $0.code == .sidecarInvalid }
        files.insert(ByteKey(file.file.catalogPath(settings)))
        if let status = file.status { stamps.append((file.file.path, status)) }
        // Also what is no document that we know: another program's may name a picture all the same.
        named.add(text: file.bytes)
        for document in file.documents {
            count += 1
            if let sidecar = document.sidecar?.bytes { named.add(text: sidecar) }
            Naming.forEach(in: document) { named.add($0) }
            guard let book = owners.owner(of: document.collected, at: file.file.path) else { continue }
            books.insert(ByteKey(book))
            marks.insert(
                DocumentMark(
                    book: book, kind: document.collected.kind.rawValue,
                    document: document.catalogID(file.file, settings)))
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
