import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// PRD 13, RULES 5 (`gc`).
struct CleanRunTests {
    private let book: TestBook

    init() throws { book = try TestBook(hasRemote: false) }

    private func row(_ picture: Picture) throws -> Asset? {
        try book.withCatalog { try $0.read { try $0.asset(id: picture.id) } }
    }

    private func removedBytes(_ picture: Picture) -> Data? {
        FileManager.default.contents(atPath: book.dataPath + "/removed/\(picture.sha256)/original.png")
    }

    private func link(_ picture: Picture, _ entity: Entity = Entity(type: .book, id: "b1")) throws {
        try book.withCatalog { catalog in
            _ = try catalog.write { try $0.link(LinkSpec(assetID: picture.id, entity: entity, role: "gallery")) }
        }
    }

    // MARK: What goes

    @Test func `what nothing refers to goes into quarantine after the grace period`() async throws {
        try await book.store([Picture(1), Picture(2)])
        try link(Picture(2))
        let young = try await book.later(hours: 23).clean()
        #expect(young.words == [])
        #expect(young.sum.young == 1)
        let old = try await book.later(hours: 25).clean()
        #expect(old.words == ["remove \(Picture(1).id)"])
        #expect(old.items.first?.bytes == Picture(1).bytes.count)
        #expect(try row(Picture(1)) == nil)
        #expect(try row(Picture(2)) != nil)
        #expect(!FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
        #expect(removedBytes(Picture(1)) == Data(Picture(1).bytes))
        #expect(try await book.later(hours: 25).clean().words == [])
    }

    @Test func `a dry run says the same and changes nothing`() async throws {
        try await book.store([Picture(1), Picture(2)])
        let before = book.manifest()
        let told = try await book.later(hours: 25).clean(deletes: false)
        #expect(book.manifest() == before)
        #expect(told == (try await book.later(hours: 25).clean()))
        #expect(told.items.count == 2)
    }

    @Test func `unlinking begins another grace period`() async throws {
        try await book.store([Picture(1)])
        try link(Picture(1))
        let later = book.later(hours: 1000)
        do {
            let service = AssetService(AssetStore(try later.writing()))
            try service.unlinkAsset(Picture(1).id, from: Entity(type: .book, id: "b1"), role: .gallery)
        }
        #expect(try await later.later(hours: 23).clean().words == [])
        #expect(try await later.later(hours: 25).clean().words == ["remove \(Picture(1).id)"])
    }

    @Test(arguments: [-87_600, -24, 0, 23]) func `a clock that jumps takes nothing young`(hours: Int64) async throws {
        try await book.store([Picture(1)])
        #expect(try await book.later(hours: hours).clean().words == [])
        #expect(try row(Picture(1)) != nil)
    }

    // MARK: What keeps an asset

    struct Naming: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var name = "c1.json"
        let text: String
        /// What else is there.
        var prepare: @Sendable (TestBook) async throws -> Void = { _ in }
    }

    static let namings = [
        Naming(testDescription: "a node's id", text: Chapter.text(#"{"assetId":"$id1"}"#)),
        Naming(testDescription: "a manifest's entry", text: Chapter.text(manifest: "{" + Chapter.entry(1) + "}")),
        Naming(
            testDescription: "a manifest's digest under another id",
            text: Chapter.text(manifest: #"{"x":{"sha256":"$sha1"}}"#)),
        Naming(testDescription: "a FileRef", name: "b.json", text: #"{"id":"b1","coverImage":\#(Chapter.ref(1))}"#),
        Naming(testDescription: "a path of the layout", text: Chapter.text(#"{"src":"$path1"}"#)),
        Naming(
            testDescription: "a path in HTML",
            text: #"{"id":"c1","bookId":"b1","content":"<p><img src='asset://localhost$path1'></p>"}"#),
        Naming(
            testDescription: "an address that it was imported from",
            text: Chapter.text(#"{"src":"https://old.example/1.png"}"#)
        ) { book in
            try book.withCatalog { catalog in
                try catalog.write { try $0.recordSourceURL("https://old.example/1.png", assetID: Picture(1).id) }
            }
        },
        Naming(testDescription: "an id of another document's own", text: Chapter.text(#"{"assetId":"mine"}"#)) { book in
            try book.withCatalog { catalog in
                try catalog.write { try $0.setAlias(id: "mine", book: "b9", document: "c9", assetID: Picture(1).id) }
            }
        },
        Naming(testDescription: "a line of NDJSON", name: "all.ndjson", text: Chapter.text(#"{"assetId":"$id1"}"#)),
        Naming(
            testDescription: "a sidecar", text: #"{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]}"#
        ) {
            book in
            try book.write(#"{"x":{"sha256":"$sha1"}}"#, to: "c1.fileRefs.json")
        },
        Naming(
            testDescription: "a node that nobody knows",
            text:
                #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"mystery","attrs":{"pic":"$id1"}}]}}"#
        ),
        Naming(
            testDescription: "JSON that is no document", name: "other.json", text: #"{"theme":{"background":"$sha1"}}"#
        ) {
            book in
            try book.write(Chapter.text(), to: "c2.json")
        },
    ]

    @Test(arguments: namings) func `an asset is kept by`(_ naming: Naming) async throws {
        try await book.store([Picture(1), Picture(2)])
        try await naming.prepare(book)
        try book.write(naming.text, to: naming.name)
        let cleaned = try await book.later(hours: 25).clean(documents: [book.path])
        #expect(cleaned.words == ["remove \(Picture(2).id)"])
        #expect(cleaned.sum.documents >= 1)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    /// What an app may keep in tables of its own, with picture 1 in it.
    static let appTables = [
        "CREATE TABLE people (avatar_asset_id TEXT); INSERT INTO people VALUES ('$id1')",
        "CREATE TABLE people (avatar ANYTHING); INSERT INTO people VALUES ('$sha1')",
        "CREATE TABLE people (avatar TEXT REFERENCES file_assets(sha256) ON DELETE CASCADE);"
            + " INSERT INTO people VALUES ('$sha1')",
        "CREATE TABLE chapters (doc BLOB); INSERT INTO chapters VALUES (CAST('{\"content\":[\"$id1\"]}' AS BLOB))",
        "ALTER TABLE file_asset_links ADD COLUMN mask TEXT; INSERT INTO file_asset_links (id, asset_id, entity_type,"
            + " entity_id, role, created_at, updated_at, mask) VALUES ('l', 'x', 'book', 'b1', 'map', '', '', '$id1')",
        "ALTER TABLE file_assets ADD COLUMN root TEXT; INSERT INTO file_assets (id, sha256, ext, mime, size_bytes,"
            + " status, created_at, updated_at, root)"
            + " VALUES ('v', '$sha9', 'png', 'image/png', 1, 'theirs', '', '', '$id1')",
        "CREATE TABLE people (avatar BLOB); INSERT INTO people VALUES (x'$sha1')",
        "CREATE TABLE people (pictures BLOB); INSERT INTO people VALUES (x'0041$sha941$sha14141')",
        "CREATE TABLE people (pictures TEXT); INSERT INTO people VALUES ('$sha9$sha1')",
    ]

    @Test(arguments: appTables) func `an asset is kept by a row of the app's`(sql: String) async throws {
        try await book.store([Picture(1), Picture(2)])
        try book.execute("PRAGMA foreign_keys = OFF; " + book.expanded(sql))
        let told = try await book.later(hours: 25).clean(deletes: false)
        #expect(told.words == ["remove \(Picture(2).id)"])
        #expect(told.sum.young == 0)
        #expect(try await book.later(hours: 25).clean() == told)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    /// Ids that no scanner of words finds, each with an app's rows that have it.
    static let appIDs = [
        ("img-1", #"CREATE TABLE pages (body TEXT); INSERT INTO pages VALUES ('{"hero":"img-1"}')"#),
        ("a.b:c d", #"CREATE TABLE pages (body TEXT); INSERT INTO pages VALUES ('<img id="a.b:c d">')"#),
        ("großes/bild", #"CREATE TABLE pages (body BLOB); INSERT INTO pages VALUES (CAST('<großes/bild>' AS BLOB))"#),
        (
            "picture-after-a-line",
            #"CREATE TABLE pages (b TEXT); INSERT INTO pages VALUES ('"\npicture-after-a-line"')"#
        ),
        ("12", "CREATE TABLE people (avatar INTEGER); INSERT INTO people VALUES ('12')"),
        ("000123456789", "CREATE TABLE people (avatar REAL); INSERT INTO people VALUES ('000123456789')"),
        (
            "0f8fad5b-d9cb-869f-a165-70867728950e",
            """
            CREATE TABLE people (avatar TEXT);
            INSERT INTO people VALUES ('asset:0F8FAD5B-D9CB-869F-A165-70867728950E')
            """
        ),
        (
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
            "CREATE TABLE people (a TEXT); INSERT INTO people VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e')"
        ),
        (
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "CREATE TABLE people (a TEXT); INSERT INTO people VALUES ('face_0F8fad5bd9cb469fa16570867728950e.png')"
        ),
        (
            "0f8fad5bd9cb469fa16570867728950e",
            "CREATE TABLE people (a BLOB); INSERT INTO people VALUES (x'0F8FAD5BD9CB469FA16570867728950E')"
        ),
    ]

    @Test(arguments: appIDs) func `an asset is kept by a row with its id, whatever that is`(
        id: String, sql: String
    ) async throws {
        try await book.store([Picture(1)])
        try book.renameAsset(to: id)
        try await book.store([Picture(2)])
        try book.execute(sql)
        #expect(try await book.later(hours: 25).clean().words == ["remove \(Picture(2).id)"])
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }

    @Test(arguments: ["img-1", "a.b:c d", "großes/bild"])
    func `an asset is kept by a node that nobody knows with its id, whatever that is`(id: String) async throws {
        try await book.store([Picture(1)])
        try book.renameAsset(to: id)
        try await book.store([Picture(2)])
        try book.write(
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"mystery","attrs":{"p":"\#(id)"}}]}}"#
        )
        let cleaned = try await book.later(hours: 25).clean(documents: [book.path])
        #expect(cleaned.words == ["remove \(Picture(2).id)"])
    }

    @Test func `what the app names while others go stays`() async throws {
        try await book.store([Picture(1)])
        try book.execute(
            """
            CREATE TABLE people (avatar TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 610)
            INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, status, created_at, updated_at)
                SELECT printf('many-%06d', i), printf('%064x', i), 'png', 'image/png', 1, 'local_only',
                    '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z' FROM n;
            """)
        var named: [String] = []
        let cleaned = try await book.later(hours: 25).clean { item in
            guard let id = item.assetID, ["many-000001", "many-000250"].contains(id) else { return }
            let next = id == "many-000001" ? ["many-000210", "many-000600"] : ["many-000601"]
            for id in next { try book.execute("INSERT INTO people VALUES ('\(id)')") }
            named += next
        }
        #expect(named.count == 3)
        #expect(cleaned.items.count == 611 - named.count)
        #expect(Set(cleaned.items.compactMap(\.assetID)).isDisjoint(with: named))
    }

    @Test func `a rule of the app's that keeps rows is told of once`() async throws {
        try await book.store([Picture(1), Picture(2)])
        try book.execute(
            "CREATE TRIGGER keep BEFORE DELETE ON file_assets BEGIN SELECT RAISE(ABORT, 'still on a board'); END")
        let cleaned = try await book.later(hours: 25).clean()
        #expect((cleaned.words, cleaned.sum.diagnostics.map(\.code)) == ([], [.rowKept]))
        #expect(cleaned.sum.diagnostics.first?.problem.notes.first?.contains("'still on a board'") == true)
        #expect(try row(Picture(1)) != nil)
    }

    @Test func `a row that names itself keeps nothing`() async throws {
        try await book.store([Picture(1)])
        try book.execute("ALTER TABLE file_assets ADD COLUMN mine TEXT; UPDATE file_assets SET mine = id || sha256")
        #expect(try await book.later(hours: 25).clean().words == ["remove \(Picture(1).id)"])
    }

    @Test(arguments: ["draft.json", "drafts/c2.json", ".hidden.json", ".drafts/c2.json", "deep/.old/.c2.json"])
    func `a document is read whether it is excluded or not`(name: String) async throws {
        var book = book
        book.settings.exclude = ["draft*"]
        try await book.store([Picture(1), Picture(2)])
        try book.write(Chapter.text())
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, id: "c2"), to: name)
        let cleaned = try await book.later(hours: 25).clean(documents: [book.path])
        #expect(cleaned.words == ["remove \(Picture(2).id)"])
        #expect(cleaned.sum.documents == 2)
        #expect(cleaned.sum.text(isDone: true).contains("2 documents read"))
    }

    @Test func `what is hidden or excluded and no JSON is another program's`() async throws {
        var book = book
        book.settings.exclude = ["draft*"]
        try await book.store([Picture(1), Picture(2)])
        try book.write(Chapter.text())
        for name in ["._c1.json", ".cache/._all.ndjson"] {
            try book.write("\u{0}\u{5}\u{16}\u{7}\n\u{0}\u{0}\n", to: name)
        }
        try book.write("", to: ".empty.json")
        try book.write("it shows $id1", to: "drafts/notes.json")
        try book.write(Chapter.text(#"{"assetId":"$id2"}"#), to: ".git/c2.json")
        let cleaned = try await book.later(hours: 25).clean(documents: [book.path])
        #expect(cleaned.words == ["remove \(Picture(2).id)"])
        #expect((cleaned.sum.documents, cleaned.sum.otherFiles) == (1, 4))
        #expect(cleaned.sum.text(isDone: true).contains("4 hidden or excluded files passed over: they are no JSON\n"))
    }

    @Test func `files without a row stay as long as a row cannot be read`() async throws {
        try await book.store([Picture(1)])
        try book.execute("UPDATE file_assets SET sha256 = 'abc'")
        let cleaned = try await book.later(hours: 25).clean()
        #expect((cleaned.words, cleaned.sum.diagnostics.map(\.code)) == ([], [.rowUnreadable]))
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }

    // MARK: Refusals

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let name: String
        let text: String
    }

    static let refusals = [
        Refusal(testDescription: "a document that was cut off", name: "bad.json", text: #"{"id":"c1","content":{"#),
        Refusal(testDescription: "a line that is no JSON", name: "bad.ndjson", text: Chapter.text() + "{]\n"),
        Refusal(testDescription: "an empty document", name: "bad.json", text: ""),
        Refusal(testDescription: "a manifest file that is none", name: "c2.fileRefs.json", text: "{"),
    ]

    @Test(arguments: refusals) func `nothing is cleaned up beside`(_ refusal: Refusal) async throws {
        try await book.store([Picture(1)])
        try book.write(Chapter.text())
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]}"#, to: "c2.json")
        try book.write(refusal.text, to: refusal.name)
        let error = await #expect(throws: CleanError.self) {
            try await book.later(hours: 25).clean(documents: [book.path])
        }
        #expect(error?.problem.code == .documentsUnread)
        #expect(error?.diagnostics.isEmpty == false)
        #expect(try row(Picture(1)) != nil)
    }

    @Test func `a folder without documents, and a book without any, are refused`() async throws {
        try await book.store([Picture(1)])
        var error = await #expect(throws: CleanError.self) {
            try await book.later(hours: 25).clean(documents: [book.path])
        }
        #expect(error?.problem.code == .noDocuments)
        try book.write(Chapter.text())
        error = await #expect(throws: CleanError.self) {
            try await book.later(hours: 25).clean(documents: [book.path], books: ["b2"])
        }
        #expect(error?.problem.code == .noDocuments)
        #expect(try row(Picture(1)) != nil)
    }

    @Test func `an importer at work is not disturbed`() async throws {
        try await book.store([Picture(1)])
        let importer = try book.writing()
        let error = await #expect(throws: DataFolderError.self) { try await book.later(hours: 25).clean() }
        #expect(error?.problem.code == .catalogLocked)
        #expect(try await book.later(hours: 25).clean(deletes: false).items.count == 1)
        importer.close()
        #expect(try row(Picture(1)) != nil)
    }

    @Test func `a store that is not there is not made`() async throws {
        await #expect(throws: CatalogError.self) { try await book.clean() }
        await #expect(throws: CatalogError.self) { try await book.clean(deletes: false) }
        #expect(!FileManager.default.fileExists(atPath: book.dataPath))
    }
}
