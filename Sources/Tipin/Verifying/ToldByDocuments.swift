internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// What documents tell of assets that no catalog knows any more.
struct ToldByDocuments: Sendable {
    /// A book's copy at a remote, as a document has it.
    struct Copy: Sendable, Hashable {
        var digest: SHA256Digest
        var book: String
        var url: String
        var remoteID: String?
    }

    private(set) var documents = 0
    /// What could not be read.
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var copies: [Copy] = []
    private var ids: [SHA256Digest: Set<ByteKey>] = [:]
    private var digests: [ByteKey: Set<SHA256Digest>] = [:]
    private var books: [String: String] = [:]

    init(_ paths: [String], _ workspace: Workspace) async throws {
        guard !paths.isEmpty else { return }
        let collect = Collect(workspace.settings)
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        var leftOut: [LeftOut] = []
        var reader = try DocumentReader(
            workspace.settings, host: workspace.host, collect: collect, paths: paths, lines: nil,
            passesOver: .nothing
        ) { leftOut.append($0) }
        diagnostics += leftOut.compactMap(\.diagnostic)
        var seen: Set<Copy> = []
        while let files = try await reader.next() {
            for file in files {
                diagnostics += file.faults
                for document in file.documents {
                    documents += 1
                    guard let book = owners.owner(of: document.collected, at: file.file.path) else { continue }
                    add(document, book, &seen)
                }
            }
        }
    }

    /// The id that all documents give to the bytes, and to no others.
    func id(of digest: SHA256Digest) -> String? {
        guard let names = ids[digest], names.count == 1, let name = names.first, digests[name]?.count == 1 else {
            return nil
        }
        return AssetID.isDerived(name.text) ? nil : name.text
    }

    /// The book whose folder this is.
    func book(ofFolder name: String) -> String? { books[name] ?? BookInPath.decoded(name[...]) }

    private mutating func add(_ document: LoadedDocument, _ book: String, _ seen: inout Set<Copy>) {
        let folder = BookFolderName(book) { bytes in SHA256Digest(of: bytes).description }
        if let folder { books[folder.text] = book }
        var told = ManifestEntries(of: document).all.compactMap { AssetLookup.told(by: $0.entry) }
        for mention in document.collected.mentions {
            told += [AssetLookup.told(by: mention, document.collected.details(of: mention))].compactMap { $0 }
        }
        for asset in told {
            ids[asset.sha256, default: []].insert(ByteKey(asset.id))
            digests[ByteKey(asset.id), default: []].insert(asset.sha256)
            guard let url = asset.remoteURL else { continue }
            let copy = Copy(digest: asset.sha256, book: book, url: url, remoteID: asset.remoteID)
            if seen.insert(copy).inserted { copies.append(copy) }
        }
    }
}
