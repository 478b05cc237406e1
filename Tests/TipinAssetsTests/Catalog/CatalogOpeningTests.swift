import GRDB
import Testing
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

struct CatalogOpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/catalog.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    /// The two tables of PRD 5.1 alone, with a row, as an app leaves them.
    private func makeAppCatalog(journal: String = "delete") throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(journal)") }
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE file_assets (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, ext TEXT NOT NULL,
                        mime TEXT NOT NULL, size_bytes INTEGER NOT NULL, width INTEGER, height INTEGER, local_path TEXT,
                        remote_id TEXT, remote_url TEXT, status TEXT NOT NULL, created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL, rating INTEGER DEFAULT 5, UNIQUE(sha256));
                    CREATE TABLE file_asset_links (id TEXT PRIMARY KEY, asset_id TEXT NOT NULL,
                        entity_type TEXT NOT NULL, entity_id TEXT NOT NULL, role TEXT NOT NULL,
                        sort_order INTEGER DEFAULT 0, tags TEXT, description TEXT, created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL, UNIQUE(asset_id, entity_type, entity_id, role));
                    """)
            try database.execute(
                sql: """
                    INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, local_path, remote_id, remote_url,
                        status, created_at, updated_at)
                    VALUES ('nano1', ?, 'png', 'image/png', 7, ?, 'r1', 'https://cdn.example/1', 'uploaded', '1', '1'),
                        ('broken', 'not a digest', 'png', 'image/png', 'seven', NULL, NULL, NULL, 'x', '1', '1')
                    """,
                arguments: [digest.description, "/app/data/books/b%201/files/\(digest)/original.png"])
        }
        try queue.close()
    }

    private let digest = SHA256Digest(of: Array("app".utf8))

    private func names() throws -> [String] { try folder.folder().names() }

    @Test func `makes a private file with a rollback journal`() throws {
        _ = try Catalog(path: path, mode: .create)
        #expect(try folder.folder().status(of: "catalog.sqlite")?.mode == 0o600)
        let queue = try DatabaseQueue(path: path)
        let (mode, check) = try queue.read { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode"),
                try String.fetchOne(database, sql: "PRAGMA integrity_check")
            )
        }
        #expect(mode == "delete")
        #expect(check == "ok")
    }

    @Test(arguments: [CatalogMode.existing, .readOnly, .create], ["delete", "wal"])
    func `opens what an app made`(mode: CatalogMode, journal: String) throws {
        try makeAppCatalog(journal: journal)
        let catalog = try Catalog(path: path, mode: mode)
        try catalog.read { reader in
            let asset = try #require(try reader.asset(digest: digest))
            #expect(asset.id == "nano1")
            #expect(try reader.ownerBook(of: "nano1") == "b 1")
            #expect(try reader.asset(remoteURL: "https://cdn.example/1")?.id == "nano1")
            #expect(try reader.upload(UploadKey(assetID: "nano1", bookID: "b 1", remote: "any"))?.status == .uploaded)
            #expect(try reader.asset(id: "broken") == nil)
            #expect(try reader.assets().map(\.id) == ["nano1"])
            #expect(try reader.counts().unreadableRows == 1)
        }
    }

    @Test func `takes a copy that the app uploaded for sent`() throws {
        try makeAppCatalog()
        let catalog = try Catalog(path: path, mode: .existing)
        #expect(try catalog.write { try $0.enqueueUnsent(remote: "r") } == 0)
        #expect(try catalog.read { try $0.uploads(of: "nano1").map(\.remoteURL) } == ["https://cdn.example/1"])
        #expect(try catalog.read { try $0.pendingUploads(remote: "r") } == [])
        let key = UploadKey(assetID: "nano1", bookID: "b 1", remote: "r")
        #expect(try catalog.write { try $0.resetToPending(key) })
        #expect(try catalog.read { try $0.asset(id: "nano1")?.status } == .pendingUpload)
    }

    @Test func `leaves an app's columns, rows and journal mode alone`() throws {
        try makeAppCatalog(journal: "wal")
        do {
            let catalog = try Catalog(path: path, mode: .existing)
            try catalog.write { try $0.touch(assetID: "nano1") }
        }
        let queue = try DatabaseQueue(path: path)
        let rating = try queue.read { try Int.fetchOne($0, sql: "SELECT rating FROM file_assets WHERE id = 'nano1'") }
        #expect(rating == 5)
        #expect(try queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM file_assets") } == 2)
    }

    @Test(arguments: ["delete", "wal"])
    func `creates nothing when it only reads`(journal: String) throws {
        try makeAppCatalog(journal: journal)
        let before = (try names(), try folder.read("catalog.sqlite"))
        let catalog = try Catalog(path: path, mode: .readOnly)
        #expect(try catalog.read { try $0.assets().count } == 1)
        #expect(throws: CatalogError.self) { try catalog.write { try $0.touch(assetID: "nano1") } }
        #expect(try names() == before.0)
        #expect(try folder.read("catalog.sqlite") == before.1)
    }

    @Test func `reads beside an app that has it open in WAL mode`() throws {
        try makeAppCatalog(journal: "wal")
        let app = try DatabaseQueue(path: path)
        try app.write { try $0.execute(sql: "UPDATE file_assets SET width = 12 WHERE id = 'nano1'") }
        let before = try names()
        let catalog = try Catalog(path: path, mode: .readOnly)
        #expect(try catalog.read { try $0.asset(id: "nano1")?.width } == 12)
        #expect(try names() == before)
    }

    @Test(arguments: [CatalogMode.existing, .readOnly])
    func `says that there is none, and makes none`(mode: CatalogMode) throws {
        let error = #expect(throws: CatalogError.self) { try Catalog(path: path, mode: mode) }
        #expect(error == .missing(path: path))
        #expect(throws: CatalogError.missing(path: folder.path + "/none/c")) {
            try Catalog(path: folder.path + "/none/c", mode: mode)
        }
        #expect(try names() == [])
    }

    @Test(arguments: [CatalogMode.existing, .readOnly, .create])
    func `says that a file is no database`(mode: CatalogMode) throws {
        try folder.write(String(repeating: "this is not a database ", count: 100), to: "catalog.sqlite")
        let error = #expect(throws: CatalogError.self) { try Catalog(path: path, mode: mode) }
        #expect(error?.problem.code == .catalogDamaged)
    }

    @Test(arguments: stride(from: 100, to: 4096, by: 333).map { $0 })
    func `survives a file cut off anywhere`(length: Int) throws {
        _ = try Catalog(path: path, mode: .create)
        try folder.write(folder.read("catalog.sqlite").prefix(length), to: "catalog.sqlite")
        let error = #expect(throws: CatalogError.self) {
            try Catalog(path: path, mode: .existing).read { try $0.assets().count }
        }
        #expect(error?.problem.code == .catalogDamaged)
    }

    @Test(arguments: [CatalogMode.existing, .readOnly, .create])
    func `refuses what a later version changed`(mode: CatalogMode) throws {
        _ = try Catalog(path: path, mode: .create)
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('tipin-9-later'), ('app-3')")
        }
        let error = #expect(throws: CatalogError.self) { try Catalog(path: path, mode: mode) }
        #expect(error == .newer(path: path, migrations: ["tipin-9-later"]))
    }

    @Test(arguments: [CatalogMode.existing, .create])
    func `says that another program holds it`(mode: CatalogMode) throws {
        _ = try Catalog(path: path, mode: .create)
        let other = try DatabaseQueue(path: path)
        try other.inTransaction(.exclusive) { _ in
            let error = #expect(throws: CatalogError.self) {
                try Catalog(path: path, mode: mode, busySeconds: 0.01).write { try $0.touch(assetID: "a") }
            }
            #expect(error == .locked(path: path))
            #expect(error?.problem.isTransient == true)
            return .rollback
        }
        try Catalog(path: path, mode: mode).write { try $0.touch(assetID: "a") }
    }

    @Test(arguments: [CatalogMode.existing, .readOnly, .create])
    func `refuses a symbolic link`(mode: CatalogMode) throws {
        _ = try Catalog(path: path, mode: .create)
        try makeLink(from: "link.sqlite", to: path)
        let error = #expect(throws: CatalogError.self) { try Catalog(path: folder.path + "/link.sqlite", mode: mode) }
        #expect(error?.problem.code == .dataFolderUnusable)
    }

    @Test func `refuses a second name`() throws {
        _ = try Catalog(path: path, mode: .create)
        try folder.folder().link("catalog.sqlite", toNew: "second.sqlite")
        #expect(throws: CatalogError.self) { try Catalog(path: path, mode: .existing) }
    }

    @Test func `never says what a statement was given`() throws {
        let catalog = try Catalog(path: path, mode: .create)
        let error = #expect(throws: CatalogError.self) {
            try catalog.write {
                try $0.recordSource(
                    sourceSHA256: digest, assetID: "secret-value", rule: .keep, stripperVersion: 1)
                try $0.markUploaded(
                    UploadKey(assetID: "secret-value", bookID: "b", remote: "r"), remoteID: nil, remoteURL: nil)
                try $0.insert(
                    NewAsset(
                        id: "secret-value", sha256: digest, ext: "png", mime: "image/png", size: 1, frames: -1))
            }
        }
        let problem = try #require(error?.problem)
        #expect(!"\(problem)".contains("secret-value"))
        #expect("\(problem)".contains("275"))  // SQLITE_CONSTRAINT_CHECK
        #expect(try catalog.read { try $0.asset(id: "secret-value") } == nil)
    }

    @Test(arguments: 0..<20) func `is opened by several at once`(round: Int) async throws {
        let path = folder.path + "/\(round).sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let catalog = try Catalog(path: path, mode: .create, busySeconds: 20)
                    try catalog.write { try $0.touch(assetID: "a\(number)") }
                }
            }
            try await group.waitForAll()
        }
        let catalog = try Catalog(path: path, mode: .existing)
        for number in 0..<6 { #expect(try catalog.read { try $0.lastAccess(of: "a\(number)") } != nil) }
    }
}
