internal import TipinAssets

/// Finds assets whose bytes are not here though an address of theirs is known.
struct MissingBlobs {
    struct Missing: Sendable {
        /// `nil` for what only a document tells.
        var assetID: String?
        var digest: SHA256Digest
        var book: String
        var addresses: [String]
        var remoteID: String?
    }

    private let workspace: Workspace

    init(_ workspace: Workspace) { self.workspace = workspace }

    /// Those that documents told of, and rows whose file is gone.
    func find(_ catalog: CatalogReader) throws -> [Missing] {
        let books = workspace.settings.books
        var missing: [Missing] = []
        for download in try catalog.waitingDownloads(book: nil) where books.isEmpty || books.contains(download.book) {
            missing.append(
                Missing(
                    digest: download.sha256, book: download.book,
                    addresses: [download.remoteURL].compactMap { $0 }, remoteID: download.remoteID))
        }
        // One walk through the books, and only where one of them lacks something.
        var places: [SHA256Digest: [String]]?
        func isAnywhere(_ digest: SHA256Digest) throws -> Bool {
            guard let blobs = workspace.blobs else { return false }
            let known = try places ?? blobs.places()
            places = known
            return blobs.find(in: known[digest] ?? []) != nil
        }
        for asset in try catalog.assets(AssetFilter(status: .uploaded)) {
            // What clean-up removed to make room comes back when a document or the app asks for it.
            guard try !catalog.isEvicted(asset.id) else { continue }
            guard let book = try catalog.ownerBook(of: asset.id), books.isEmpty || books.contains(book),
                workspace.blobs?.find(asset.sha256, books: [book]) == nil, try !isAnywhere(asset.sha256)
            else { continue }
            missing.append(
                Missing(
                    assetID: asset.id, digest: asset.sha256, book: book,
                    addresses: try catalog.remoteURLs(of: asset.id) + catalog.sourceURLs(of: asset.id)))
        }
        return missing
    }
}
