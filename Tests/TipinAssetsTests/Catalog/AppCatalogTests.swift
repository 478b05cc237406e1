import GRDB
import Testing
import TipinAssets
import TipinDocument
import TipinTestSupport

/// A catalog that an app made and goes on using, with more in it than PRD 5.1 has.
struct AppCatalogTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/app.sqlite" }
    private let digest = SHA256Digest(of: Array("app".utf8))

    private let newAsset = NewAsset(
        sha256: SHA256Digest(of: [1]), ext: "png", mime: "image/png", size: 1, status: .localOnly)

    init() throws { folder = try TemporaryFolder() }

    /// Columns, triggers, views, indexes and foreign keys of the app's own; the foreign key is broken already.
    private func makeCatalog(journal: String) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(journal)") }
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            try database.execute(
                sql: """
                    CREATE TABLE books (id TEXT PRIMARY KEY);
                    CREATE TABLE file_assets (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, ext TEXT NOT NULL,
                        mime TEXT NOT NULL, size_bytes INTEGER NOT NULL, width INTEGER, height INTEGER, local_path TEXT,
                        remote_id TEXT, remote_url TEXT, status TEXT NOT NULL, created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL, rating INTEGER NOT NULL DEFAULT 5,
                        book TEXT REFERENCES books(id), UNIQUE(sha256));
                    CREATE TABLE file_asset_links (id TEXT PRIMARY KEY,
                        asset_id TEXT NOT NULL REFERENCES file_assets(id) ON DELETE CASCADE,
                        entity_type TEXT NOT NULL, entity_id TEXT NOT NULL, role TEXT NOT NULL,
                        sort_order INTEGER DEFAULT 0, tags TEXT, description TEXT, created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL, UNIQUE(asset_id, entity_type, entity_id, role));
                    CREATE TABLE changes (what TEXT);
                    CREATE TRIGGER on_insert AFTER INSERT ON file_assets
                        BEGIN INSERT INTO changes VALUES ('insert ' || new.id); END;
                    CREATE TRIGGER on_update AFTER UPDATE ON file_assets
                        BEGIN INSERT INTO changes VALUES ('update ' || new.status), ('twice'); END;
                    CREATE VIEW pictures AS SELECT id, rating FROM file_assets;
                    INSERT INTO file_assets VALUES ('nano1', '\(digest)', 'png', 'image/png', 7, NULL, NULL,
                        '/app/books/b1/files/\(digest)/original.png', NULL, NULL, 'local_only', '2026-01-01 10:00:00',
                        '2026-01-01 10:00:00', 3, 'no such book');
                    INSERT INTO file_asset_links VALUES ('link1', 'nano1', 'book', 'b1', 'cover', 0, '["x"]', NULL,
                        '2026-01-01 10:00:00', '2026-01-01 10:00:00');
                    DELETE FROM changes;
                    """)
            try database.execute(sql: "PRAGMA foreign_keys = ON")
        }
        return queue
    }

    @Test(arguments: ["delete", "wal"])
    func `gains our tables and goes on working for the app that has it open`(journal: String) throws {
        let app = try makeCatalog(journal: journal)
        let catalog = try Catalog(path: path, mode: .existing)
        let key = UploadKey(assetID: "nano1", bookID: "b1", remote: "r")
        try catalog.write { writer in
            // A trigger's own changes must not be taken for ours.
            #expect(try writer.enqueueUpload(assetID: "nano1", bookID: "b1", remote: "r"))
            #expect(try writer.markUploaded(key, remoteID: "1", remoteURL: "https://cdn.example/1"))
            try writer.insert(
                NewAsset(id: "ours", sha256: SHA256Digest(of: [1]), ext: "png", mime: "image/png", size: 1))
            try writer.link(LinkSpec(assetID: "ours", entity: .book("b1"), role: "gallery"))
        }
        try app.write { database in
            try database.execute(sql: "UPDATE file_assets SET rating = 4 WHERE id = 'ours'")
            try database.execute(sql: "INSERT INTO books VALUES ('b9')")
            try database.execute(sql: "UPDATE file_assets SET book = 'b9' WHERE id = 'nano1'")
        }
        let (ratings, changes, check) = try app.read { database in
            (
                try Int.fetchAll(database, sql: "SELECT rating FROM pictures ORDER BY id"),
                try String.fetchAll(database, sql: "SELECT what FROM changes WHERE what <> 'twice'"),
                try String.fetchOne(database, sql: "PRAGMA integrity_check")
            )
        }
        #expect(ratings == [3, 4])
        #expect(changes.first == "update pending_upload")
        #expect(changes.contains("insert ours"))
        #expect(check == "ok")
        #expect(try catalog.read { try $0.cover(of: .book("b1"))?.tags } == ["x"])
    }

    @Test func `what an app's foreign key cascades to goes with the row, and its other tables keep it`() throws {
        let app = try makeCatalog(journal: "delete")
        let catalog = try Catalog(path: path, mode: .existing)
        try catalog.write { try $0.unlink(assetID: "nano1", entity: .book("b1"), role: "cover") }
        try app.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE boards (picture TEXT REFERENCES file_assets(id)); INSERT INTO boards VALUES ('nano1')
                    """)
        }
        let asset = UnusedAsset(id: "nano1", sha256: digest, size: 7, lastUse: nil)
        #expect(try catalog.write { try $0.removeUnused(asset) } == .needed)
        try app.write { try $0.execute(sql: "DELETE FROM boards") }
        #expect(try catalog.write { try $0.removeUnused(asset) } == .removed)
    }

    @Test(arguments: ["delete", "wal"])
    func `a write holds the catalog from its first word on`(journal: String) throws {
        let app = try makeCatalog(journal: journal)
        let catalog = try Catalog(path: path, mode: .existing)
        try catalog.write { _ in
            let error = #expect(throws: CatalogError.self) {
                try Catalog(path: path, mode: .existing, busySeconds: 0.01).write { _ in }
            }
            #expect(error == .locked(path: path))
        }
        try app.write { _ in }
        try catalog.write { _ in }
    }

    /// SQLite before 3.41 lets a schema that is not trusted use none of its JSON functions.
    @Test(arguments: [
        "CREATE TABLE nodes (json TEXT); CREATE INDEX ix ON nodes(json_extract(json, '$.id'))",
        "CREATE TABLE nodes (json TEXT, id TEXT AS (json_extract(json, '$.id')))",
        "CREATE TABLE notes (tags TEXT CHECK (tags IS NULL OR json_valid(tags)))",
        """
        CREATE TRIGGER on_link AFTER INSERT ON file_asset_links
            BEGIN INSERT INTO changes (what) VALUES (json_object('id', new.id)); END
        """,
    ]) func `its schema may use JSON`(_ statement: String) throws {
        let app = try makeCatalog(journal: "wal")
        try app.write { try $0.execute(sql: statement) }
        let catalog = try Catalog(path: path, mode: .existing)
        try catalog.write { writer in
            let id = try writer.insert(newAsset).id
            _ = try writer.link(LinkSpec(assetID: id, entity: Entity(type: .book, id: "b1"), role: "gallery"))
        }
        #expect(try catalog.health().isWhole)
        #expect(try Catalog(path: path, mode: .readOnly).read { try $0.assets().count } == 2)
    }

    @Test(arguments: [
        "CREATE INDEX ix ON file_assets(own(ext))",
        "CREATE TRIGGER t BEFORE INSERT ON file_assets BEGIN SELECT own(new.ext); END",
    ]) func `functions that only the app has are named, and are no damage`(_ statement: String) throws {
        let app = try makeCatalog(journal: "delete")
        let own = DatabaseFunction("own", argumentCount: 1, pure: true) { $0[0] }
        try app.write { database in
            database.add(function: own)
            try database.execute(sql: statement)
        }
        let error = #expect(throws: CatalogError.self) {
            _ = try Catalog(path: path, mode: .existing).write { try $0.insert(newAsset) }
        }
        guard case .beyondUs(_, let words) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(words.contains("own"))
    }

    @Test(arguments: [
        "ALTER TABLE file_assets ADD COLUMN owner TEXT NOT NULL DEFAULT '' CHECK (owner <> '')",
        "CREATE TRIGGER t BEFORE INSERT ON file_assets BEGIN SELECT RAISE(ABORT, 'owner'); END",
    ]) func `its own rules are no fault of tipin's`(_ statement: String) throws {
        let app = try makeCatalog(journal: "delete")
        try app.write { try $0.execute(sql: "DELETE FROM file_asset_links; DELETE FROM file_assets; \(statement)") }
        let error = #expect(throws: CatalogError.self) {
            _ = try Catalog(path: path, mode: .existing).write { try $0.insert(newAsset) }
        }
        guard case .unusable(_, let words) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(words.contains("owner"))
    }
}
