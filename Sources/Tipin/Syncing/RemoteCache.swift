internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// Brings bytes that another device uploaded into the local store.
struct RemoteCache: Sendable {
    private let workspace: Workspace
    private let reader: AddressReader

    init(_ workspace: Workspace) {
        self.workspace = workspace
        reader = AddressReader(
            settings: workspace.settings, substitutions: [:], fetcher: workspace.fetcher, remote: workspace.remote)
    }

    /// The absolute path of the bytes, fetched from the first address that has them where they are not here yet.
    /// - Parameter remoteID: the remote's own id of the copy, where somebody tells it.
    func path(
        of digest: SHA256Digest, book: String, addresses: [String], remoteID: String? = nil
    ) async throws -> String {
        if let path = workspace.blobPath(of: digest, book: book) { return path }
        guard let importer = workspace.importer, let blobs = workspace.blobs else {
            throw RunError.usage(RemoteProblems.none)
        }
        let file = DocumentFile(label: "-", path: "/-", relativePath: "-", root: "/nonexistent", isNamed: true)
        var notes: [String] = []
        var isTransient = false
        for address in addresses {
            switch await reader.read(address, in: file) {
            case .content(let content) where SHA256Digest(of: content.bytes) == digest:
                let asset = try await importer.prepareStored(content.bytes, expecting: digest, book: book)
                let imported = try importer.commit([asset], remote: nil)
                try markUploaded(imported, book, address, remoteID)
                if let path = blobs.find(digest, books: [book]) { return blobs.absolutePath(of: path) }
            case .content: notes.append("'\(Redaction.redacted(address))' leads to other bytes")
            case .problem(let problem):
                isTransient = isTransient || problem.isTransient
                notes.append("'\(Redaction.redacted(address))': \(problem.headline)")
            case .needsNetwork: continue
            }
        }
        throw PictureFailure(
            problem: Problem(
                .blobMissing, "image bytes are not here and nowhere to be found",
                notes: ["SHA-256 \(digest)"] + notes, isTransient: isTransient))
    }

    /// What came from our own remote is there already and need not be sent.
    private func markUploaded(_ imported: [ImportedAsset], _ book: String, _ address: String, _ id: String?) throws {
        guard let remote = workspace.remote, let catalog = workspace.catalog, let asset = imported.first?.asset,
            remote.serves(address, asset, book: book)
        else { return }
        let key = UploadKey(assetID: asset.id, bookID: book, remote: remote.name.rawValue)
        try catalog.write { writer in _ = try writer.markUploaded(key, remoteID: id, remoteURL: address) }
    }
}
