import GRDB
import Testing
import TipinAssets
import TipinDocument

struct CatalogRebookingTests {
    private let test: TestCatalog

    init() throws { test = try TestCatalog() }

    private func path(_ asset: String, _ book: String) -> String {
        "books/\(book)/files/\(SHA256Digest(of: Array(asset.utf8)))/original.png"
    }

    @discardableResult
    private func rebook(_ assets: [String], old: String = "old", new: String = "new") throws -> CatalogWriter.Rebooked {
        let paths = assets.map { (SHA256Digest(of: Array($0.utf8)), path($0, new)) }
        return try test.catalog.write { writer in
            try writer.rebook(
                old, as: new, paths: Dictionary(uniqueKeysWithValues: paths), absolute: { "/data/" + $0 },
                movesFiles: { $0.hasPrefix("folder:") })
        }
    }

    private func obstacles(_ old: String = "old") throws -> [String] {
        try test.catalog.read { reader in
            try reader.obstacles(rebooking: old, as: "new", movesFiles: { $0.hasPrefix("folder:") })
        }
    }

    @Test func `everything that knew the book by its old id knows it by the new one`() throws {
        try test.add("a", book: "old")
        try test.add("shared", book: "b2")
        let mark = DocumentMark(book: "old", kind: "book", document: "old")
        let chapter = DocumentMark(book: "old", kind: "chapter", document: "c1")
        try test.catalog.write { writer in
            try writer.addBook(assetID: "shared", bookID: "old", localPath: path("shared", "old"))
            try writer.link(LinkSpec(assetID: "a", entity: .book("old"), role: "cover", mark: mark))
            try writer.link(LinkSpec(assetID: "a", entity: .character("hero"), role: "avatar", mark: chapter))
            try writer.setAlias(id: "mine", book: "old", document: "old", assetID: "a")
            try writer.setAlias(id: "mine", book: "old", document: "c1", assetID: "a")
            try writer.recordDownload(
                WaitingDownload(sha256: SHA256Digest(of: [9]), book: "old", remoteURL: "https://cdn.example/9"))
        }
        #expect(try obstacles() == [])
        let result = try rebook(["a", "shared"])
        #expect((result.assets, result.links, result.resends) == (2, 1, 0))
        try test.catalog.read { (reader: CatalogReader) throws in
            #expect(try reader.books(of: "a") == ["new"])
            #expect(try reader.asset(id: "a")?.localPath == "/data/" + path("a", "new"))
            #expect(try reader.path(of: "a", inBook: "new") == path("a", "new"))
            #expect(try reader.books(of: "shared") == ["b2", "new"])
            #expect(try reader.asset(id: "shared")?.localPath == nil)
            #expect(try reader.cover(of: .book("new"))?.assetID == "a")
            #expect(try reader.links(of: .book("old")) == [])
            let moved = DocumentMark(book: "new", kind: "book", document: "new")
            #expect(try reader.links(markedBy: moved).map(\.role) == ["cover"])
            let same = DocumentMark(book: "new", kind: "chapter", document: "c1")
            #expect(try reader.links(markedBy: same).map(\.role) == ["avatar"])
            #expect(try reader.alias(id: "mine", book: "new", document: "new")?.id == "a")
            #expect(try reader.alias(id: "mine", book: "new", document: "c1")?.id == "a")
            #expect(try reader.waitingDownloads(book: "new").count == 1)
        }
        let queue = try DatabaseQueue(path: test.path)
        for table in ["books", "uploads", "downloads", "asset_ids", "links"] {
            let sql = "SELECT count(*) FROM tipin_\(table) WHERE book_id = 'old'"
            #expect(try queue.read { try Int.fetchOne($0, sql: sql) } == 0, "\(table)")
        }
        let again = try rebook(["a", "shared"])
        #expect((again.assets, again.links, again.resends) == (0, 0, 0))
    }

    @Test func `a copy in a served folder is sent again, one at a server keeps its address`() throws {
        try test.add("a", book: "old")
        let folder = UploadKey(assetID: "a", bookID: "old", remote: "folder:/cdn")
        let server = UploadKey(assetID: "a", bookID: "old", remote: "https://api.example")
        try test.catalog.write { writer in
            try writer.markUploaded(folder, remoteID: nil, remoteURL: "https://cdn.example/old/a.png")
            try writer.markUploaded(server, remoteID: "7", remoteURL: "https://api.example/files/7")
        }
        #expect(try rebook(["a"]).resends == 1)
        try test.catalog.read { reader in
            let lines = try reader.uploads(of: "a")
            #expect(lines.map(\.key.bookID) == ["new", "new"])
            #expect(lines.map(\.status) == [.pendingUpload, .uploaded])
            #expect(lines.map(\.remoteURL) == [nil, "https://api.example/files/7"])
            #expect(try reader.asset(sourceURL: "https://cdn.example/old/a.png")?.id == "a")
            #expect(try reader.asset(id: "a")?.status == .pendingUpload)
        }
    }

    @Test func `what both ids know becomes one`() throws {
        try test.add("a", book: "old")
        let chapter = DocumentMark(book: "new", kind: "chapter", document: "c1")
        try test.catalog.write { writer in
            try writer.addBook(assetID: "a", bookID: "new", localPath: path("a", "new"))
            for book in ["old", "new"] {
                let key = UploadKey(assetID: "a", bookID: book, remote: "r")
                try writer.markUploaded(key, remoteID: nil, remoteURL: "https://cdn.example/\(book)")
            }
            try writer.link(LinkSpec(assetID: "a", entity: .book("old"), role: "gallery"))
            try writer.link(LinkSpec(assetID: "a", entity: .book("new"), role: "gallery", mark: chapter))
        }
        #expect(try obstacles() == [])
        try rebook(["a"])
        try test.catalog.read { reader in
            #expect(try reader.books(of: "a") == ["new"])
            #expect(try reader.uploads(of: "a").map(\.remoteURL) == ["https://cdn.example/new"])
            #expect(try reader.asset(sourceURL: "https://cdn.example/old")?.id == "a")
            let links = try reader.links(toAsset: "a")
            #expect(links.map(\.entity) == [.book("new")])
            #expect(try reader.marks(of: try #require(links.first).id) == [])
        }
    }

    @Test func `an upload of a book whose id only looks like the old one is no obstacle`() throws {
        let books = ["caf\u{E9}", "cafe\u{301}"]
        try test.add("a", book: books[0])
        try test.catalog.write { writer in
            for book in books { try writer.enqueueUpload(assetID: "a", bookID: book, remote: "r") }
            let key = UploadKey(assetID: "a", bookID: books[1], remote: "r")
            #expect(try writer.takeLease(key, token: "t", seconds: 60))
        }
        #expect(try obstacles(books[0]) == [])
        #expect(try obstacles(books[1]).count == 1)
    }

    struct Obstacle: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (CatalogWriter) throws -> Void
    }

    static let contradictions = [
        Obstacle(testDescription: "different covers") { writer in
            try writer.link(LinkSpec(assetID: "a", entity: .book("old"), role: "cover"))
            try writer.link(LinkSpec(assetID: "b", entity: .book("new"), role: "cover"))
        },
        Obstacle(testDescription: "one id for two pictures") { writer in
            try writer.setAlias(id: "mine", book: "old", document: "old", assetID: "a")
            try writer.setAlias(id: "mine", book: "new", document: "new", assetID: "b")
        },
        Obstacle(testDescription: "is being uploaded") { writer in
            let key = UploadKey(assetID: "a", bookID: "old", remote: "r")
            try writer.enqueueUpload(assetID: "a", bookID: "old", remote: "r")
            #expect(try writer.takeLease(key, token: "t", seconds: 60))
        },
        Obstacle(testDescription: "would have to be sent again") { writer in
            let key = UploadKey(assetID: "a", bookID: "old", remote: "folder:/cdn")
            try writer.markUploaded(key, remoteID: nil, remoteURL: "https://cdn.example/a")
            let asset = UnusedAsset(id: "a", sha256: SHA256Digest(of: Array("a".utf8)), size: 7, lastUse: nil)
            #expect(try writer.evict(asset))
        },
    ]

    @Test(arguments: contradictions) func `it is refused where the two have`(_ obstacle: Obstacle) throws {
        for name in ["a", "b"] { try test.add(name, book: "old") }
        #expect(try obstacles() == [])
        try test.catalog.write(obstacle.make)
        #expect(try obstacles().count == 1)
    }
}
