import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// What was removed can be brought back, and what a killed run left is taken care of.
struct CleanRunQuarantineTests {
    private let book: TestBook
    private var digest: SHA256Digest { SHA256Digest(of: Picture(1).bytes) }
    private var unused: UnusedAsset {
        UnusedAsset(id: Picture(1).id, sha256: digest, size: Picture(1).bytes.count, lastUse: nil)
    }

    init() async throws {
        book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
    }

    private func record() throws -> [String: Any] {
        let bytes = try #require(
            FileManager.default.contents(atPath: book.dataPath + "/removed/\(digest)/asset.json"))
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }

    @Test func `the record has what is needed to bring the asset back`() async throws {
        try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.recordSourceURL("https://old.example/1.png", assetID: Picture(1).id)
                try writer.setAlias(id: "mine", book: "b1", document: "c9", assetID: Picture(1).id)
            }
        }
        _ = try await book.later(hours: 25).clean()
        let record = try record()
        #expect(record["id"] as? String == Picture(1).id)
        #expect(record["mime"] as? String == "image/png")
        #expect(record["books"] as? [String] == ["b1"])
        #expect(record["source_urls"] as? [String] == ["https://old.example/1.png"])
        #expect((record["aliases"] as? [[String: String]]) == [["book": "b1", "document": "c9", "id": "mine"]])
    }

    @Test func `a document that names it after all brings it back`() async throws {
        _ = try await book.later(hours: 25).clean()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        #expect(try await book.run(.migrate).status == .success)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        #expect(try book.withCatalog { try $0.read { try $0.asset(id: Picture(1).id) } } != nil)
    }

    @Test func `its id alone brings it back`() async throws {
        _ = try await book.later(hours: 25).clean()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        #expect(try await book.check().codes == ["blob-missing"])
        #expect(try await book.run(.migrate, to: .nowhere).problems(.assetUnknown).isEmpty)
        #expect(try await book.run(.migrate).status == .success)
        #expect(try book.read().contains(Picture(1).sha256))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    /// An asset that the app called by an id of its own, with all that may be known of it, after it was removed.
    private func removeNamed(as id: String = "nano_9") async throws {
        try book.renameAsset(to: id)
        try book.execute("UPDATE file_assets SET created_at = '2020-01-01T00:00:00.000Z'")
        try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.recordSource(
                    sourceSHA256: SHA256Digest(of: [1]), assetID: id, rule: .stripGPS, stripperVersion: 1)
                try writer.recordSourceURL("https://old.example/1.png", assetID: id)
                try writer.setAlias(id: "mine", book: "b1", document: "c1", assetID: id)
            }
        }
        #expect(try await book.later(hours: 25).clean().words == ["remove \(id)"])
    }

    @Test(arguments: ["add", "nano_9", "mine", "rebuild"])
    func `its id, aliases and sources come back with its bytes`(way: String) async throws {
        try await removeNamed()
        switch way {
        case "add": try await book.store([Picture(1)])
        case "rebuild":
            try book.temporary.write(Picture(1).bytes, to: "data/books/b1/files/\(Picture(1).sha256)/original.png")
            _ = try await book.rebuild { $0.documents = [] }
        default:
            try book.write(Chapter.text(#"{"assetId":"\#(way)"}"#))
            #expect(try await book.run(.migrate).status == .success)
            #expect(try book.read().contains(#""assetId":"\#(way)""#))
        }
        try book.withCatalog { catalog in
            try catalog.read { (reader: CatalogReader) throws in
                let asset = try #require(try reader.asset(sha256: digest))
                #expect((asset.id, asset.width) == ("nano_9", Picture.width))
                #expect(asset.createdAt == "2020-01-01T00:00:00.000Z")
                #expect(try reader.alias(id: "mine", book: "b1", document: "c1")?.id == "nano_9")
                #expect(try reader.asset(sourceURL: "https://old.example/1.png")?.id == "nano_9")
                #expect(try reader.asset(digest: SHA256Digest(of: [1]))?.id == "nano_9")
            }
        }
    }

    /// What stands at the address beside the id, and what is said of it.
    static let addresses: [(file: Int?, codes: [String], isBack: Bool)] = [
        (nil, ["src-unchecked"], true), (1, ["src-removed"], true), (2, ["src-contradicts-asset"], false),
    ]

    @Test(arguments: addresses) func `an address beside its id is compared with it`(
        file: Int?, codes: [String], isBack: Bool
    ) async throws {
        try await removeNamed()
        if let file { try book.write(Picture(file), to: "media/one.png") }
        let text = Chapter.text(#"{"assetId":"nano_9","src":"media/one.png"}"#)
        try book.write(text)
        #expect(try await book.run(.migrate).codes == codes)
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))) == isBack)
        let row = try book.withCatalog { try $0.read { try $0.asset(id: "nano_9") } }
        #expect(row?.sha256 == (isBack ? digest : nil))
        #expect(try (book.read() == text) == !isBack)
    }

    @Test(arguments: [1, 2]) func `of several that had one id the newest comes back`(newest: Int) async throws {
        for number in 1...2 {
            try await book.store([Picture(number)])
            try book.renameAsset(to: "nano_9")
            #expect(try await book.later(hours: 25).clean().words == ["remove nano_9"])
        }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)],
            ofItemAtPath: book.dataPath + "/removed/\(Picture(3 - newest).sha256)/asset.json")
        try book.write(Chapter.text(#"{"assetId":"nano_9"}"#))
        #expect(try await book.run(.migrate).status == .success)
        #expect(try book.read().contains(Picture(newest).sha256))
    }

    @Test func `what another took meanwhile stays with that one`() async throws {
        try await removeNamed()
        try await book.store([Picture(2)])
        try book.execute("UPDATE file_assets SET id = 'nano_9'")
        try book.withCatalog { catalog in
            try catalog.write { try $0.setAlias(id: "mine", book: "b1", document: "c1", assetID: "nano_9") }
        }
        try await book.store([Picture(1)])
        try book.withCatalog { catalog in
            try catalog.read { (reader: CatalogReader) throws in
                #expect(try reader.asset(sha256: digest)?.id == Picture(1).id)
                #expect(
                    try reader.alias(id: "mine", book: "b1", document: "c1")?.sha256.description == Picture(2).sha256)
            }
        }
    }

    @Test func `bytes whose row is gone follow it, with the record that was written`() async throws {
        _ = try book.withCatalog { catalog in
            try BlobStore(DataFolder(path: book.dataPath, creates: false)).keepRecord(
                Array(#"{"id":"written before"}"#.utf8), of: digest)
            return try catalog.write { try $0.removeUnused(unused) }
        }
        let cleaned = try await book.later(hours: 25).clean()
        #expect(cleaned.words == ["remove-stray \(digest)"])
        #expect(try record()["id"] as? String == "written before")
        #expect(!FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }

    @Test func `bytes without a row stay while they are young or named`() async throws {
        _ = try book.withCatalog { catalog in try catalog.write { try $0.removeUnused(unused) } }
        #expect(try await book.later(hours: 23).clean().words == [])
        try book.write(Chapter.text(#"{"src":"$path1"}"#))
        #expect(try await book.later(hours: 25).clean(documents: [book.path]).words == [])
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }

    @Test func `what lay there for thirty days goes for good`() async throws {
        let later = book.later(hours: 25)
        _ = try await later.clean()
        let day: Int64 = 24
        #expect(try await later.later(hours: 28 * day).clean().words == [])
        let told = try await later.later(hours: 31 * day).clean(deletes: false)
        #expect(told.words == ["forget \(digest)"])
        #expect(try await later.later(hours: 31 * day).clean() == told)
        #expect(!FileManager.default.fileExists(atPath: book.dataPath + "/removed/\(digest)"))
    }

    /// What may name an asset that lies in quarantine.
    static let names = [
        #"{"assetId":"nano_9"}"#, #"{"assetId":"mine"}"#, #"{"src":"https://old.example/1.png"}"#,
        #"{"note":"$path1"}"#, #"{"note":"see n°9, please"}"#,
    ]

    @Test(arguments: names) func `what documents name waits there until it is brought back`(
        attrs: String
    ) async throws {
        try await removeNamed(as: attrs.contains("n°9") ? "n°9" : "nano_9")
        let old = book.later(hours: 25 + 31 * 24)
        try book.write(Chapter.text(attrs))
        for deletes in [false, true] {
            let cleaned = try await old.clean(deletes: deletes, documents: [book.path])
            #expect((cleaned.words, cleaned.sum.waiting) == ([], 1))
            #expect(cleaned.sum.text(isDone: deletes).contains("1 removed asset kept for longer than 30 days"))
        }
        // Whoever names no documents is not told by them.
        #expect(try await old.clean(deletes: false).words == ["forget \(digest)"])
    }

    @Test(arguments: ["link", "plan", "table", "row", "run"])
    func `what the catalog or a journal names waits there`(keeper: String) async throws {
        try await removeNamed()
        let old = book.later(hours: 25 + 31 * 24)
        switch keeper {
        case "link":
            try book.execute(
                """
                INSERT INTO file_asset_links (id, asset_id, entity_type, entity_id, role, created_at, updated_at)
                VALUES ('l', 'nano_9', 'book', 'b1', 'gallery', '2026-01-01', '2026-01-01')
                """)
        case "plan": try old.withCatalog { try $0.write { try $0.recordPlan("p", assetIDs: ["nano_9"]) } }
        case "table":
            try book.execute("CREATE TABLE notes (body TEXT)")
            try book.execute("INSERT INTO notes VALUES ('see \(digest)')")
        case "row":
            try book.execute(
                """
                INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, status, created_at, updated_at)
                VALUES ('app', '\(digest)', 'png', 'image/png', 1, 'local_only', '2026-01-01', '2026-01-01')
                """)
            try book.execute("CREATE TABLE uses (picture TEXT REFERENCES file_assets(id))")
            try book.execute("INSERT INTO uses VALUES ('app')")
        default:
            let line = #"{"assets":[{"assetId":"nano_9","sha256":"\#(digest)"}]}"# + "\n"
            try book.temporary.write(Array(line.utf8), to: "data/runs/20260131-080910123-3f2a.ndjson")
        }
        let cleaned = try await old.clean()
        #expect((cleaned.words, cleaned.sum.waiting) == ([], 1))
    }

    @Test func `what was brought back leaves no copy there for good`() async throws {
        try await removeNamed()
        try book.write(Chapter.text(#"{"assetId":"nano_9"}"#))
        #expect(try await book.run(.migrate).status == .success)
        let cleaned = try await book.later(hours: 25 + 31 * 24).clean(documents: [book.path])
        #expect((cleaned.words, cleaned.sum.waiting) == (["forget \(digest)"], 0))
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }

    @Test func `nothing goes for good while a document cannot be read`() async throws {
        try await removeNamed()
        try book.write("{")
        await #expect(throws: CleanError.self) {
            try await book.later(hours: 25 + 31 * 24).clean(documents: [book.path])
        }
        #expect(FileManager.default.fileExists(atPath: book.dataPath + "/removed/\(digest)/original.png"))
    }
}
