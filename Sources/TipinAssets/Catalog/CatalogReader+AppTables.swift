internal import GRDB

extension CatalogReader {
    /// A column of a table of the app's own, or one that the app added to a table that it shares with us.
    package struct AppColumn: Sendable, Hashable {
        package var table: String
        package var column: String
    }

    /// What stands in such a column and may name an asset.
    package enum AppValue {
        /// As UTF-8.
        case text(UnsafeBufferPointer<UInt8>)
        /// Of any kind, texts among them.
        case bytes(UnsafeBufferPointer<UInt8>)
        /// A column for numbers keeps an id of digits as one.
        case number(Int)
    }

    /// Gives each value of the app's own but nulls: whatever names an asset there may be a row's only tie to it, with
    /// or without a constraint.
    /// - Parameter body: gets the column, the asset whose own row it is if any, and the value, for as long as it runs.
    package func forEachAppValue(
        _ body: (_ place: AppColumn, _ row: String?, _ value: AppValue) throws -> Void
    ) throws {
        for columns in try appColumns() {
            guard let table = columns.first?.table else { continue }
            let names = columns.map { CleaningCondition.quoted($0.column) }.joined(separator: ", ")
            let own = table.lowercased() == "file_assets" ? "id" : "NULL"
            try database.forEachRow("SELECT \(own), \(names) FROM \(CleaningCondition.quoted(table))") { row in
                let id = row.text(0)
                for (index, place) in columns.enumerated() {
                    let column = Int32(index + 1)
                    if let bytes = row.bytes(column) {
                        try body(place, id, row.isBlob(column) ? .bytes(bytes) : .text(bytes))
                    } else if let number = row.integer(column) {
                        try body(place, id, .number(number))
                    }
                }
            }
        }
    }

    /// A number that becomes another when another connection changes the file.
    package func changeMark() throws -> Int { try count("SELECT data_version FROM pragma_data_version") }

    /// By their tables. What a virtual table has stands in the tables below it.
    private func appColumns() throws -> [[AppColumn]] {
        let columns = try rows(
            """
            SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
            WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND \(Self.isApps("t.name"))
            ORDER BY t.name, c.cid
            """, []
        ) { row in row.text(0).flatMap { table in row.text(1).map { AppColumn(table: table, column: $0) } } }
        let own = columns.filter { Self.sharedColumns[$0.table.lowercased()]?.contains($0.column.lowercased()) != true }
        return own.chunked { $0.table == $1.table }
    }

    /// In SQL, whether a table of that name is the app's own or one that it shares with us, in whichever case it was
    /// made: neither ours nor SQLite's.
    static func isApps(_ name: String) -> String {
        "lower(\(name)) NOT GLOB 'tipin_*' AND lower(\(name)) NOT GLOB 'sqlite_*'"
            + " AND lower(\(name)) <> 'grdb_migrations'"
    }

    /// In SQL, the names of the two that it shares.
    static let sharedTables = sharedColumns.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")

    /// What PRD 5.1 says of the two tables that the app shares: our own conditions ask for these.
    private static let sharedColumns: [String: Set<String>] = [
        "file_assets": [
            "id", "sha256", "ext", "mime", "size_bytes", "width", "height", "local_path", "remote_id", "remote_url",
            "status", "created_at", "updated_at",
        ],
        "file_asset_links": [
            "id", "asset_id", "entity_type", "entity_id", "role", "sort_order", "tags", "description", "created_at",
            "updated_at",
        ],
    ]
}

extension Array {
    /// Neighbours that belong together.
    fileprivate func chunked(by belongs: (Element, Element) -> Bool) -> [[Element]] {
        reduce(into: []) { chunks, element in
            if let last = chunks.last?.last, belongs(last, element) {
                chunks[chunks.count - 1].append(element)
            } else {
                chunks.append([element])
            }
        }
    }
}
