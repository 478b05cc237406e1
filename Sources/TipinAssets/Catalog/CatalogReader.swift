internal import GRDB
internal import TipinDocument
internal import TipinFiles

/// Reads one state of the catalog; lives only as long as the call that gave it.
package struct CatalogReader {
    let database: Database
    let clock: WallClock
    /// What was fetched ahead; `nil` where the same call changes the catalog.
    let ahead: FetchedRows?

    init(_ database: Database, _ clock: WallClock, ahead: FetchedRows? = nil) {
        self.database = database
        self.clock = clock
        self.ahead = ahead
    }

    /// Milliseconds since 1970.
    var milliseconds: Int64 { clock.now() }

    // MARK: One asset

    /// The asset whose own id this is.
    package func asset(id: String) throws -> Asset? { try first("WHERE a.id = ?", [id]) }

    /// The asset with these bytes, either as they are stored or as they were found.
    package func asset(digest: SHA256Digest) throws -> Asset? {
        try asset(sha256: digest)
            ?? first("JOIN tipin_sources s ON s.asset_id = a.id WHERE s.source_sha256 = ?", [digest.description])
    }

    /// The asset whose stored bytes have this digest.
    package func asset(sha256: SHA256Digest) throws -> Asset? {
        if let ahead, let known = ahead.assets[sha256] { return known }
        let hex = sha256.description
        // An app may have written it in capitals.
        return try first("WHERE a.sha256 = ?", [hex]) ?? first("WHERE a.sha256 = ?", [hex.uppercased()])
    }

    /// The asset that is served at this address.
    package func asset(remoteURL: String) throws -> Asset? {
        if let known = ahead?.servedAssets[ByteKey(remoteURL)] { return known }
        return try first("WHERE a.remote_url = ?", [remoteURL])
            ?? first("JOIN tipin_uploads u ON u.asset_id = a.id WHERE u.remote_url = ?", [remoteURL])
    }

    /// The asset that was imported from this address.
    package func asset(sourceURL: String) throws -> Asset? {
        try first("JOIN tipin_source_urls s ON s.asset_id = a.id WHERE s.url = ?", [sourceURL])
    }

    /// The asset that one document knows by an id of its own.
    package func alias(id: String, book: String, document: String) throws -> Asset? {
        try first(
            """
            JOIN tipin_asset_ids i ON i.asset_id = a.id
            WHERE i.book_id = ? AND i.document = ? AND i.id = ?
            """, [book, document, id])
    }

    // MARK: Several

    /// Assets that documents know by this id of their own, ordered by id. Looks at all such ids.
    package func assets(calledByDocuments id: String, limit: Int) throws -> [Asset] {
        try all(
            "WHERE a.id IN (SELECT asset_id FROM tipin_asset_ids WHERE id = ?1) ORDER BY a.id LIMIT ?2",
            [id, limit])
    }

    /// Assets whose id or digest begins so, ordered by id.
    package func assets(matchingPrefix prefix: String, limit: Int) throws -> [Asset] {
        guard !prefix.isEmpty else { return [] }
        let lower = prefix.lowercased()
        // A range uses the index, and its end needs no escaping as a pattern would.
        return try all(
            """
            WHERE a.id IN (
                SELECT id FROM file_assets WHERE id >= ?1 AND id < ?1 || char(1114111)
                UNION SELECT id FROM file_assets WHERE sha256 >= ?2 AND sha256 < ?2 || 'g')
            ORDER BY a.id LIMIT ?3
            """, [prefix, lower, limit])
    }

    /// Ordered by the time they were made, then by id.
    package func assets(_ filter: AssetFilter = AssetFilter()) throws -> [Asset] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let status = filter.status {
            conditions.append("a.status = ?")
            arguments += [status.rawValue]
        }
        if filter.entity != nil || filter.role != nil {
            let (condition, values) = Self.linkCondition(filter)
            conditions.append(condition)
            arguments += values
        }
        if !filter.books.isEmpty {
            conditions.append("(" + filter.books.map { _ in Self.bookCondition }.joined(separator: " OR ") + ")")
            for book in filter.books { arguments += [book, "books", book, book] }
        }
        let narrowing = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let found = try all("\(narrowing) ORDER BY a.created_at, a.id", arguments)
        guard !filter.books.isEmpty else { return found }
        let wanted = Set(filter.books.map { ByteKey($0) })
        return try found.filter { try books(of: $0.id).contains { wanted.contains(ByteKey($0)) } }
    }

    /// In the order of the ids given; unknown ones are left out.
    package func assets(withIDs ids: [String]) throws -> [Asset] { try ids.compactMap { try asset(id: $0) } }

    /// Rows without a line of ours may be the app's: what their path and their links say is judged afterwards.
    static let bookCondition = """
        (EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = a.id AND b.book_id = ?)
            OR NOT EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = a.id) AND (instr(a.local_path, ?) > 0
                OR EXISTS (SELECT 1 FROM file_asset_links l LEFT JOIN tipin_links m ON m.link_id = l.id
                    WHERE l.asset_id = a.id AND (l.entity_type = 'book' AND l.entity_id = ? OR m.book_id = ?))))
        """

    private static func linkCondition(_ filter: AssetFilter) -> (String, StatementArguments) {
        var sql = "EXISTS (SELECT 1 FROM file_asset_links l WHERE l.asset_id = a.id"
        var arguments: StatementArguments = []
        if let entity = filter.entity {
            sql += " AND l.entity_type = ? AND l.entity_id = ?"
            arguments += [entity.type.rawValue, entity.id]
        }
        if let role = filter.role {
            sql += " AND l.role = ?"
            arguments += [role]
        }
        return (sql + ")", arguments)
    }

    // MARK: Parts

    /// The first row that can be read: others are passed over, as `all` does.
    func first(_ conditions: String, _ arguments: StatementArguments) throws -> Asset? {
        try firstRow("\(Asset.selection) \(conditions)", arguments, Asset.init)
    }

    func all(_ conditions: String, _ arguments: StatementArguments) throws -> [Asset] {
        try rows("\(Asset.selection) \(conditions)", arguments, Asset.init)
    }

    func texts(_ sql: String, _ arguments: StatementArguments) throws -> [String] {
        try rows(sql, arguments) { $0.text(0) }
    }

    func rows<T>(_ sql: String, _ arguments: StatementArguments, _ make: (CatalogRow) -> T?) throws -> [T] {
        var values: [T] = []
        try database.forEachRow(sql, arguments) { row in
            if let value = make(row) { values.append(value) }
        }
        return values
    }

    /// What is made of the first row of which it can be made; those behind it are not read.
    func firstRow<T>(
        _ sql: String, _ arguments: StatementArguments, _ make: (CatalogRow) -> T?
    ) throws -> T? {
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: arguments)
        let row = CatalogRow(statement.sqliteStatement)
        // The statement leaves its row when the cursor goes.
        return try withExtendedLifetime(cursor) {
            while try cursor.next() != nil { if let value = make(row) { return value } }
            return nil
        }
    }

    func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try firstRow(sql, arguments) { $0.integer(0) } ?? 0
    }
}
