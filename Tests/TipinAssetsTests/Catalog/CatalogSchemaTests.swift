import Foundation
import GRDB
import Testing
import TipinAssets
import TipinTestSupport

struct CatalogSchemaTests {
    private let test: TestCatalog

    init() throws { test = try TestCatalog() }

    private static let upload =
        "INSERT INTO tipin_uploads (asset_id, book_id, remote, status, created_at, updated_at) "

    /// Name and statement of everything in a database but GRDB's own table.
    private func schema(_ queue: DatabaseQueue) throws -> [String: String] {
        let rows = try queue.read {
            try Row.fetchAll(
                $0, sql: "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'grdb_migrations'")
        }
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let sql: String = row["sql"]
                // Indentation is not part of what is said.
                return (row["name"], sql.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            })
    }

    @Test func `is what schemas/catalog.sql says`() throws {
        let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../schemas/catalog.sql")
            .standardized
        let page = try DatabaseQueue()
        try page.write { try $0.execute(sql: String(contentsOf: file, encoding: .utf8)) }
        let expected = try schema(page)
        #expect(expected.count > 20)
        #expect(try schema(DatabaseQueue(path: test.path)) == expected)
    }

    @Test func `names all of ours alike`() throws {
        let names = try schema(DatabaseQueue(path: test.path)).keys
        let others = names.filter { !$0.hasPrefix("tipin_") }.sorted()
        #expect(others == ["file_asset_links", "file_assets", "idx_file_assets_status", "idx_links_entity"])
    }

    @Test(arguments: [
        upload + "VALUES (1, 2, 3, 'x', 4, 5)", upload + "VALUES (1, 2, 3, 'failed', 4, 5)",
        upload + "VALUES (1, 2, 3, 'uploaded', 4, 5)",
        "INSERT INTO tipin_source_urls (url, tried_at) VALUES ('u', 't')",
        "INSERT INTO tipin_sources VALUES ('short', 'a', 'keep', 1, 't')",
        "INSERT INTO tipin_asset_facts VALUES ('a', 0, 0, 0)",
        "INSERT INTO tipin_books VALUES ('a', 'b', 2, NULL, 't')",
        "INSERT INTO tipin_access VALUES ('a', 'yesterday')",
    ])
    func `refuses states that mean nothing`(sql: String) throws {
        let queue = try DatabaseQueue(path: test.path)
        let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test func `has one owner for an asset`() throws {
        let queue = try DatabaseQueue(path: test.path)
        let insert = { (book: String) in
            try queue.write {
                try $0.execute(sql: "INSERT INTO tipin_books VALUES ('a', ?, 1, NULL, 't')", arguments: [book])
            }
        }
        try insert("b1")
        let error = #expect(throws: DatabaseError.self) { try insert("b2") }
        #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE)
    }
}
