internal import GRDB

/// What must hold of a row `a` of `file_assets` before clean-up may touch it, in SQL: the scan asks it of all rows at
/// once, and the transaction that removes one asks it again.
struct CleaningCondition {
    /// With the named arguments `:now` and `:plans`, and `:dropped` where links are ignored.
    let unused: String
    let evictable: String

    /// - Parameter ignoresLinks: whether links count as gone whose ids stand in the JSON array `:dropped`.
    init(_ database: Database, ignoresLinks: Bool = false) throws {
        let dropped = ignoresLinks ? " AND l.id NOT IN (SELECT value FROM json_each(:dropped))" : ""
        let links = "NOT EXISTS (SELECT 1 FROM file_asset_links l WHERE l.asset_id = a.id\(dropped))"
        let plans = "NOT EXISTS (SELECT 1 FROM tipin_plans p WHERE p.asset_id = a.id AND p.created_at > :plans)"
        let foreign = try Self.foreignKeys(database).map { key in
            "NOT EXISTS (SELECT 1 FROM \(Self.quoted(key.table)) c WHERE \(key.condition))"
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

    /// A foreign key of a table of the app's own.
    struct ForeignKey {
        var table: String
        var column: String
        /// Of `file_assets`.
        var target: String

        /// Whether a row `c` of the table refers to the row `a`, in SQL: compared as the constraint compares.
        var condition: String {
            "a.\(CleaningCondition.quoted(target)) = c.\(CleaningCondition.quoted(column))"
        }
    }

    /// Those that refer to assets, by whichever column: what they name is in use, and where they cascade, removing an
    /// asset would remove the app's rows with it.
    static func foreignKeys(_ database: Database) throws -> [ForeignKey] {
        var keys: [ForeignKey] = []
        try database.forEachRow(
            """
            SELECT m.name, f."from", a.name
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
                JOIN pragma_table_info('file_assets') a ON lower(a.name) = lower(coalesce(f."to", 'id'))
            WHERE m.type = 'table' AND lower(f."table") = 'file_assets' AND lower(m.name) <> 'file_asset_links'
                AND \(CatalogReader.isApps("m.name"))
            ORDER BY 1, 2
            """
        ) { row in
            guard let table = row.text(0), let column = row.text(1), let target = row.text(2) else { return }
            keys.append(ForeignKey(table: table, column: column, target: target))
        }
        return keys
    }
}
