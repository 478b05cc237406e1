package import TipinAssets
internal import TipinDocument
package import TipinJSON

/// Questions about the catalog, as `tipin assets list` and `show` ask them.
package struct AssetCatalog: Sendable {
    private let workspace: Workspace
    private let catalog: Catalog

    /// - Throws: `CatalogError.missing` where there is none.
    package init(_ workspace: Workspace) throws {
        self.workspace = workspace
        catalog = try workspace.standingCatalog()
    }

    /// One asset with everything that is known of it.
    package struct Entry: Sendable {
        package var asset: Asset
        package var links: [AssetLink]
        /// By the ids of links, the documents that made them; those of the app and `assets link` have none.
        package var marks: [String: [String]]
        package var uploads: [Upload]
        package var books: [String]
        package var sourceURLs: [String]
        /// Absolute; `nil` where the bytes are not here.
        package var blobPath: String?

        /// What the row says, where a file is there; the row of a data folder that was moved, or of bytes that went,
        /// may say what was.
        var localPath: String? { asset.localPath.flatMap { Paths.isRegularFile($0) ? $0 : nil } ?? blobPath }

        /// Where the asset stands among an entity's of its role; of one that has several roles in the first of them.
        fileprivate func place(_ filter: AssetFilter) -> (role: String, place: Int)? {
            links.filter { $0.entity == filter.entity && (filter.role == nil || $0.role == filter.role) }
                .map { ($0.role, $0.sortOrder) }.min { $0 < $1 }
        }
    }

    /// - Parameter name: an id, a SHA-256, or the beginning of one that means a single asset.
    package func asset(named name: String) throws -> Asset {
        try catalog.read { reader in
            if let asset = try reader.asset(id: name) { return asset }
            let found = try reader.assets(matchingPrefix: name, limit: 5)
            guard found.count <= 1 else { throw AssetQueryError.ambiguous(name, candidates: found.map(\.id)) }
            if let asset = found.first { return asset }
            let called = try reader.assets(calledByDocuments: name, limit: 5)
            guard called.isEmpty else { throw AssetQueryError.documentName(name, candidates: called.map(\.id)) }
            throw AssetQueryError.unknown(name)
        }
    }

    /// By the time they were made; those of one entity in the order that they have there.
    package func entries(_ filter: AssetFilter) throws -> [Entry] {
        // One walk through the books, and only where the catalog does not tell where something is.
        var places: [SHA256Digest: [String]]?
        let entries = try catalog.read { reader in
            try reader.assets(filter).map { asset in
                try entry(asset, reader) { blobs in
                    let known = try places ?? blobs.places()
                    places = known
                    return blobs.find(in: known[asset.sha256] ?? [])
                }
            }
        }
        guard filter.entity != nil else { return entries }
        // The sort is stable: of equal places the older asset comes first.
        return entries.map { ($0, $0.place(filter) ?? ("", 0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    package func entry(named name: String) throws -> Entry {
        let asset = try asset(named: name)
        return try catalog.read { try entry(asset, $0) { $0.findAnywhere(asset.sha256) } }
    }

    /// - Parameter anywhere: looks for the bytes in the books that the catalog does not name.
    private func entry(
        _ asset: Asset, _ reader: CatalogReader, anywhere: (BlobStore) throws -> String?
    ) throws -> Entry {
        let books = try reader.books(of: asset.id)
        let links = try reader.links(toAsset: asset.id)
        var marks: [String: [String]] = [:]
        for link in links { marks[link.id] = try reader.marks(of: link.id).map { "\($0.kind) \($0.document)" } }
        return Entry(
            asset: asset, links: links, marks: marks, uploads: try reader.uploads(of: asset.id),
            books: books, sourceURLs: try reader.sourceURLs(of: asset.id),
            blobPath: try workspace.blobs.flatMap { blobs in
                try (blobs.find(asset.sha256, books: books) ?? anywhere(blobs))
                    .map { blobs.absolutePath(of: $0) }
            })
    }
}

extension AssetCatalog.Entry {
    /// The columns of `file_assets` and `links`, on a line of its own.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            asset.writePicture(to: &writer)
            writer.member("local_path", localPath)
            writer.member("remote_id", asset.remoteID)
            writer.member("remote_url", asset.remoteURL)
            writer.member("status", asset.status.rawValue)
            writer.member("created_at", asset.createdAt)
            writer.member("updated_at", asset.updatedAt)
            writer.key("links")
            writer.array { writer in
                for link in links {
                    writer.object { writer in
                        writer.member("entity_type", link.entity.type.rawValue)
                        writer.member("entity_id", link.entity.id)
                        writer.member("role", link.role)
                        writer.member("sort_order", link.sortOrder)
                        writer.member("tags", link.tags)
                        writer.member("description", link.description)
                        writer.member("documents", marks[link.id] ?? [])
                    }
                }
            }
        }
        writer.newline()
    }
}

extension Asset {
    /// The columns of `file_assets` that tell what the bytes are, as members.
    func writePicture(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("sha256", sha256.description)
        writer.member("ext", ext)
        writer.member("mime", mime)
        writer.member("size_bytes", size)
        writer.member("width", width)
        writer.member("height", height)
    }
}
