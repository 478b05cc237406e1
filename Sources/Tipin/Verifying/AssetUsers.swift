internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Says who uses an asset: the entities that are linked to it, and the documents that mention it.
struct AssetUsers: Sendable {
    private var documents: [SHA256Digest: [String]] = [:]

    /// Without any document but those of which the catalog knows.
    init() {}

    /// Reads documents and remembers which mention one of the digests.
    /// - Parameter diagnostics: gets what could not be read.
    init(
        of digests: Set<SHA256Digest>, in paths: [String], _ workspace: Workspace, _ diagnostics: inout [Diagnostic]
    ) async throws {
        guard !digests.isEmpty, !paths.isEmpty, let catalog = workspace.catalog else { return }
        let collect = Collect(workspace.settings)
        let owners = OwnerBooks(collect, given: workspace.settings.books)
        var leftOut: [LeftOut] = []
        var reader = try DocumentReader(
            workspace.settings, host: workspace.host, collect: collect, paths: paths, lines: nil,
            passesOver: .nothing
        ) { leftOut.append($0) }
        diagnostics += leftOut.compactMap(\.diagnostic)
        while let files = try await reader.next() {
            for file in files {
                diagnostics += file.faults
                for document in file.documents {
                    let book = owners.owner(of: document.collected, at: file.file.path) ?? ""
                    try add(document, of: file, book, digests, catalog, workspace)
                }
            }
        }
    }

    private mutating func add(
        _ document: LoadedDocument, of file: LoadedFile, _ book: String, _ digests: Set<SHA256Digest>,
        _ catalog: Catalog, _ workspace: Workspace
    ) throws {
        let context = DocumentContext(document, book: book, id: document.catalogID(file.file, workspace.settings))
        let named = try catalog.read { reader in
            let lookup = try AssetLookup(reader, context)
            return try document.collected.mentions.map { mention -> SHA256Digest? in
                let details = document.collected.details(of: mention)
                guard case .known(let asset) = try lookup.identify(mention, details) else { return nil }
                return asset.sha256
            }
        }
        guard named.contains(where: { $0.map(digests.contains) ?? false }) else { return }
        let places = PlaceFinder(file).places(of: document.collected.mentions, in: document)
        for (digest, place) in zip(named, places) {
            guard let digest, digests.contains(digest) else { continue }
            let words = "in \(place.file):\(place.line ?? 1) \(Redaction.shortened(place.pointer ?? ""))"
            documents[digest, default: []].append(Redaction.printable(words))
        }
    }

    /// In the order in which a person would look: documents that were read, then entities.
    func lines(of asset: Asset, _ catalog: CatalogReader) throws -> [String] {
        var lines = documents[asset.sha256] ?? []
        for link in try catalog.links(toAsset: asset.id) {
            let entity = "as \(link.role) of \(link.entity.type.rawValue) '\(link.entity.id)'"
            let marks = try catalog.marks(of: link.id)
            lines += marks.isEmpty ? [entity] : marks.map { "\(entity), by \($0.kind) '\($0.document)'" }
        }
        return lines.map(Redaction.printable)
    }
}
