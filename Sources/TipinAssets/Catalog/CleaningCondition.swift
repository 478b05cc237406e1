internal import GRDB

/// What must hold of a row `a` of `file_assets` before clean-up may touch it, in SQL: the scan asks it of all rows at
/// once, and the transaction that removes one asks it again.
struct CleaningCondition {
    /// With the named arguments `:now` and `:plans`.
    let unused: String
    let evictable: String

    init(_ database: Database) throws {
        let links = "NOT EXISTS (SELECT 1 FROM file_asset_links l WHERE l.asset_id = a.id)"
        let plans = "NOT EXISTS (SELECT 1 FROM tipin_plans p WHERE p.asset_id = a.id AND p.created_at > :plans)"
        let foreign = try Self.appColumns(database).map { table, column in
            "NOT EXISTS (SELECT 1 FROM \(Self.quoted(table)) c WHERE c.\(Self.quoted(column)) = a.id)"
        }
        // A status that only an app knows is none of ours to judge.
        let neverSent = "a.status IN ('local_only', 'failed') AND " + Self.noUpload(butOnes: "failed")
        unused = ([neverSent, links, plans] + foreign).joined(separator: " AND ")
        // A row that an app made has no line of ours; its own columns tell then.
        let sent = """
            a.status = 'uploaded' AND \(Self.noUpload(butOnes: "uploaded"))
                AND (a.remote_url IS NOT NULL OR EXISTS (SELECT 1 FROM tipin_uploads u
                    WHERE u.asset_id = a.id AND u.status = 'uploaded' AND u.remote_url IS NOT NULL))
            """
        // What is not here takes no room. An app that brought bytes back says so in its own column alone.
        let here = """
            (a.local_path IS NOT NULL
                OR EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = a.id AND b.path IS NOT NULL)
                    AND NOT EXISTS (SELECT 1 FROM tipin_evicted e WHERE e.asset_id = a.id))
            """
        evictable = [sent, plans, here].joined(separator: " AND ")
    }

    /// One look at the table for both, because it is asked for every row: each look costs as much as all the rest.
    private static func noUpload(butOnes status: String) -> String {
        """
        NOT EXISTS (SELECT 1 FROM tipin_uploads u
            WHERE u.asset_id = a.id AND (u.status <> '\(status)' OR u.lease_until > :now))
        """
    }

    /// A name as SQL takes it, whatever an app put into it.
    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    static func arguments(_ now: Int64, _ planLimit: String) -> StatementArguments {
        ["now": now, "plans": planLimit]
    }

    /// Columns of the app's own tables that refer to assets: what they name is in use, and where they cascade, removing
    /// an asset would remove the app's rows with it.
    static func appColumns(_ database: Database) throws -> [(table: String, column: String)] {
        var columns: [(table: String, column: String)] = []
        try database.forEachRow(
            """
            SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND lower(f."table") = 'file_assets' AND lower(m.name) <> 'file_asset_links'
                AND (f."to" IS NULL OR lower(f."to") = 'id')
            ORDER BY 1, 2
            """
        ) { row in
            if let table = row.text(0), let column = row.text(1) { columns.append((table, column)) }
        }
        return columns
    }
}
