internal import GRDB
internal import TipinDocument

extension CatalogReader {
    /// The names of tables that belong to nobody but another program: neither ours nor the two that it shares.
    package func otherTables() throws -> [String] {
        try texts(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND \(Self.isApps("name")) AND lower(name) NOT IN (\(Self.sharedTables))
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

    /// The line of the owner book's copy, where `file_assets` says something else than it does (RULES 4: the lines are
    /// the truth); else `nil`.
    package func hiddenLine(of key: UploadKey) throws -> Upload? {
        guard let line = try uploads("WHERE asset_id = ? AND book_id = ? AND remote = ?", key.arguments).first,
            try ownerBook(of: key.assetID)?.hasSameBytes(as: key.bookID) ?? false
        else { return nil }
        let known = AssetStatus.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        // A copy that an app sent by itself is none of a line's that waits.
        let differs =
            line.status == .uploaded
            ? """
            status <> 'uploaded' OR remote_id IS NOT coalesce(:remoteID, remote_id)
                OR remote_url IS NOT coalesce(:remoteURL, remote_url)
            """
            : "status NOT IN ('uploaded', '\(line.status.rawValue)')"
        var arguments: StatementArguments = ["id": key.assetID]
        if line.status == .uploaded { arguments += ["remoteID": line.remoteID, "remoteURL": line.remoteURL] }
        let rows = try count(
            "SELECT count(*) FROM file_assets WHERE id = :id AND status IN (\(known)) AND (\(differs))", arguments)
        return rows > 0 ? line : nil
    }

    /// `hiddenLine(of:)` at the remote that is in use, or at the only one that is known where none is.
    package func hiddenLine(ofAsset id: String, remote: String?) throws -> Upload? {
        guard let owner = try ownerBook(of: id) else { return nil }
        let remotes = try remote.map { [$0] } ?? uploads(of: id).filter { $0.key.bookID == owner }.map(\.key.remote)
        guard remotes.count == 1, let name = remotes.first else { return nil }
        return try hiddenLine(of: UploadKey(assetID: id, bookID: owner, remote: name))
    }

    // MARK: Rows that cannot be read

    /// Of which no digest can be told; only an app or a fault can have made it.
    package struct UnreadableRow: Sendable {
        package var id: String?
        /// What stands in the place of the digest.
        package var sha256: String?
        package var localPath: String?
    }

    /// In the order of their ids.
    package func unreadableRows() throws -> [UnreadableRow] {
        try rows("SELECT id, sha256, local_path FROM file_assets WHERE \(Self.isUnreadable) ORDER BY id", []) {
            row -> UnreadableRow? in
            guard row.text(0) == nil || row.digest(1) == nil else { return nil }
            return UnreadableRow(id: row.text(0), sha256: row.text(1), localPath: row.text(2))
        }
    }

    /// In SQL, of a row of `file_assets`.
    static let isUnreadable = """
        (id IS NULL OR typeof(id) NOT IN ('text', 'blob') OR length(sha256) <> 64
            OR CAST(sha256 AS TEXT) GLOB '*[^0-9a-fA-F]*' OR typeof(sha256) NOT IN ('text', 'blob'))
        """
}
