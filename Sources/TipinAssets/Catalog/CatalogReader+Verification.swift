internal import GRDB

extension CatalogReader {
    /// The names of tables that belong to nobody but another program: neither ours nor the two that it shares.
    package func otherTables() throws -> [String] {
        try texts(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT GLOB 'tipin_*' AND name NOT GLOB 'sqlite_*'
                AND name NOT IN ('file_assets', 'file_asset_links', 'grdb_migrations')
            ORDER BY name
            """, [])
    }

    /// The next assets in the order of their ids.
    /// - Parameter id: of the last one that was given; `nil` for the first.
    package func assets(afterID id: String?, limit: Int) throws -> [Asset] {
        try all("WHERE a.id > ? ORDER BY a.id LIMIT ?", [id ?? "", limit])
    }

    /// The books of an asset, the owner first, each with where its entry lies as far as the catalog says so.
    package func places(of assetID: String) throws -> [(book: String, path: String?)] {
        try books(of: assetID).map { ($0, try path(of: assetID, inBook: $0)) }
    }

    /// Whether any remote is said to have a copy.
    package func isUploaded(_ asset: Asset) throws -> Bool {
        if asset.status == .uploaded { return true }
        return try uploads(of: asset.id).contains { $0.status == .uploaded }
    }
}
