internal import GRDB
internal import TipinFiles
internal import TipinJSON

extension CatalogReader {
    /// Gives each asset that nothing in the catalog needs: no link, no plan, no upload under way, and never uploaded.
    ///
    /// One pass over the table, row by row: memory does not grow with it.
    /// - Parameter dropped: ids of links that count as gone.
    package func forEachUnusedAsset(
        without dropped: [String] = [], _ body: (UnusedAsset) throws -> Void
    ) throws {
        let condition = try CleaningCondition(database, ignoresLinks: !dropped.isEmpty)
        var arguments = CleaningCondition.arguments(milliseconds, planLimit)
        if !dropped.isEmpty { arguments += ["dropped": JSONWriter.array(of: dropped)] }
        try forEach(
            """
            SELECT a.id, a.sha256, a.size_bytes, \(Self.lastUse)
            FROM file_assets a LEFT JOIN tipin_access x ON x.asset_id = a.id WHERE \(condition.unused)
            """, arguments, body)
    }

    /// What can be fetched again and is here.
    /// - Parameter limit: bytes that it may take.
    package func evictionQueue(exceeding limit: Int) throws -> EvictionQueue {
        let condition = try CleaningCondition(database).evictable
        // What was used in the future was used before the clock jumped back: it counts as used now.
        let found = try rows(
            """
            SELECT a.rowid, a.size_bytes, min(coalesce(x.last_access, \(Self.parsed("a.created_at")), 0), :now)
            FROM file_assets a LEFT JOIN tipin_access x ON x.asset_id = a.id WHERE \(condition)
            """, CleaningCondition.arguments(milliseconds, planLimit)
        ) { row -> EvictionQueue.Candidate? in
            row.integer(0).map {
                EvictionQueue.Candidate(row: $0, size: row.byteCount(1) ?? 0, time: row.integer(2) ?? 0)
            }
        }
        return EvictionQueue(found, exceeding: limit)
    }

    /// The assets that a queue gave, without those that are no more.
    package func assets(of candidates: [EvictionQueue.Candidate]) throws -> [UnusedAsset] {
        try candidates.flatMap { candidate in
            try rows(
                "SELECT id, sha256, size_bytes, ?2 FROM file_assets WHERE rowid = ?1", [candidate.row, candidate.time],
                Self.unused)
        }
    }

    /// The documents of a book that made links.
    package func marks(ofBook book: String) throws -> [DocumentMark] {
        try rows(
            "SELECT DISTINCT kind, document FROM tipin_links WHERE book_id = ? ORDER BY kind, document", [book]
        ) { row in
            row.text(0).flatMap { kind in row.text(1).map { DocumentMark(book: book, kind: kind, document: $0) } }
        }
    }

    /// The marks of links that documents of a book made, each with its link.
    package func forEachMark(
        ofBook book: String, _ body: (AssetLink, DocumentMark) throws -> Void
    ) throws {
        for mark in try marks(ofBook: book) {
            for link in try links(markedBy: mark) { try body(link, mark) }
        }
    }

    /// Gives the digest of each row.
    package func forEachDigest(_ body: (SHA256Digest) -> Void) throws {
        try database.forEachRow("SELECT sha256 FROM file_assets") { row in row.digest(0).map(body) }
    }

    /// All ids under which assets are known, also those that documents have of their own.
    package func knownIDs() throws -> [String] {
        try texts("SELECT id FROM file_assets UNION SELECT id FROM tipin_asset_ids", [])
    }

    /// What was removed here because it can be fetched again, and was not brought back since.
    package func evictedAssets() throws -> [UnusedAsset] {
        try rows(
            """
            SELECT a.id, a.sha256, a.size_bytes, NULL FROM tipin_evicted e JOIN file_assets a ON a.id = e.asset_id
            WHERE a.local_path IS NULL ORDER BY a.sha256
            """, [], Self.unused)
    }

    /// Whether the bytes were removed here because they can be fetched again.
    package func isEvicted(_ assetID: String) throws -> Bool {
        try count("SELECT count(*) FROM tipin_evicted WHERE asset_id = ?", [assetID]) > 0
    }

    /// When the asset was made, changed, linked or used last, in milliseconds since 1970; `nil` where that cannot be
    /// told.
    package func lastUse(of assetID: String) throws -> Int64? {
        try firstRow(
            "SELECT \(Self.lastUse) FROM file_assets a LEFT JOIN tipin_access x ON x.asset_id = a.id WHERE a.id = ?",
            [assetID]
        ) { $0.integer(0).map { Int64($0) } }
    }

    /// The columns of the app's own tables that refer to the asset by a foreign key.
    package func foreignKeys(naming assetID: String) throws -> [AppColumn] {
        try CleaningCondition.foreignKeys(database).filter { key in
            try count(
                """
                SELECT EXISTS (SELECT 1 FROM file_assets a JOIN \(CleaningCondition.quoted(key.table)) c
                    ON \(key.condition) WHERE a.id = ?)
                """, [assetID]) > 0
        }.map { AppColumn(table: $0.table, column: $0.column) }
    }

    /// A time that the catalog wrote as ISO 8601, in milliseconds since 1970.
    package func milliseconds(of timestamp: String) throws -> Int64? {
        try firstRow("SELECT \(Self.parsed("?1"))", [timestamp]) { $0.integer(0).map { Int64($0) } }
    }

    // MARK: Parts

    /// Plans that were made before are forgotten.
    var planLimit: String { WallClock.timestamp(milliseconds: milliseconds - RunFolder.lifetime) }

    /// `NULL` for what is no date: an app may write its times as it likes.
    private static func parsed(_ expression: String) -> String {
        // A bare number would be taken for a Julian day.
        "CAST(round((julianday(iif(\(expression) LIKE '____-__-__%', \(expression), NULL)) - 2440587.5) * 86400000)"
            + " AS INTEGER)"
    }

    private static let lastUse = """
        max(coalesce(\(parsed("a.created_at")), x.last_access),
            coalesce(\(parsed("a.updated_at")), \(parsed("a.created_at")), x.last_access),
            coalesce(x.last_access, \(parsed("a.created_at"))))
        """

    private func forEach(
        _ sql: String, _ arguments: StatementArguments, _ body: (UnusedAsset) throws -> Void
    ) throws {
        try database.forEachRow(sql, arguments) { row in
            if let asset = Self.unused(row) { try body(asset) }
        }
    }

    private static func unused(_ row: CatalogRow) -> UnusedAsset? {
        guard let id = row.text(0), let digest = row.digest(1) else { return nil }
        return UnusedAsset(
            id: id, sha256: digest, size: row.byteCount(2) ?? 0, lastUse: row.integer(3).map { Int64($0) })
    }
}
