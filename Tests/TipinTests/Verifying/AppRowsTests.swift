import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Rows that an app made, made anew or spoilt.
struct AppRowsTests {
    private func book() throws -> TestBook {
        var book = try TestBook()
        book.images = HeaderImages()
        return book
    }

    private func row(_ id: String, _ book: TestBook) throws -> Asset? {
        try book.withCatalog { try $0.read { try $0.asset(id: id) } }
    }

    // MARK: A row whose links alone name its book

    /// Picture 1 at the remote for book b7 and not here, with a row that only an app made.
    private func linkedOnly() async throws -> TestBook {
        let book = try book()
        try await book.upload([Picture(1)], book: "b7")
        try book.removeBlob(Picture(1), book: "b7")
        try book.losePlaces(of: Picture(1))
        try book.execute("DELETE FROM tipin_uploads")
        try book.withCatalog { catalog in
            _ = try catalog.write { writer in
                try writer.link(
                    LinkSpec(assetID: Picture(1).id, entity: Entity(type: .book, id: "b7"), role: "gallery"))
            }
        }
        return book
    }

    @Test func `verify and check find its copy at the remote`() async throws {
        let book = try await linkedOnly()
        let report = try await book.verify()
        #expect((report.codes, report.elsewhere, report.lost) == ([], 1, 0))
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#).replacing(#""bookId":"b1""#, with: #""bookId":"b7""#))
        #expect(try await !book.check().codes.contains("blob-missing"))
        let assets = try book.withCatalog { try $0.read { try $0.assets(AssetFilter(book: "b7")).map(\.id) } }
        #expect(assets == [Picture(1).id])
    }

    @Test func `sync brings its bytes into the book`() async throws {
        let book = try await linkedOnly()
        let report = try await book.syncAll()
        #expect((report.status, report.downloads, report.uploads) == (.success, 1, 0))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1), book: "b7")) == Data(Picture(1).bytes))
        #expect(try await book.verify().codes == [])
    }

    @Test func `a search brings its bytes into the book`() async throws {
        let book = try await linkedOnly()
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1), book: "b7"))
        try book.temporary.write(Picture(1).bytes, to: "found/one.png")
        let report = try await book.verify { $0.searchFolders = [book.temporary.path + "/found"] }
        #expect((report.codes, report.mended, report.lost) == (["blob-missing"], 1, 0))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1), book: "b7")) == Data(Picture(1).bytes))
    }

    @Test func `a thumbnail is not refused for want of a book`() async throws {
        let book = try await linkedOnly()
        let workspace = try book.writing()
        defer { workspace.close() }
        let report = try await ThumbnailRun(workspace, sizes: [64]).run([Picture(1).id]).report
        #expect(report.codes == ["blob-missing"])
    }

    // MARK: A row whose picture is in a place of the app's own

    /// Picture 1 in a place of the app's own alone, with a row that only an app made and no link names.
    private func kept(at place: String) throws -> TestBook {
        var book = try book()
        book.settings.localRoots = [book.temporary.path]
        try book.temporary.write(Picture(1).bytes, to: place)
        let path = book.temporary.path + "/" + place
        try FileManager.default.createDirectory(atPath: book.dataPath, withIntermediateDirectories: true)
        try book.withCatalog { _ in }
        try book.execute(
            """
            INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, local_path, status, created_at, updated_at)
            VALUES ('nano_9', '\(Picture(1).sha256)', 'png', 'image/png', \(Picture(1).bytes.count), '\(path)',
                'pending_upload', '2026-01-01', '2026-01-01')
            """)
        try book.write(Chapter.text(#"{"assetId":"nano_9"}"#))
        return book
    }

    private static let places = ["elsewhere/one.png", "data/pictures/one.png"]

    @Test(arguments: places) func `verify and check leave it there`(place: String) async throws {
        let book = try kept(at: place)
        #expect(try await !book.check().codes.contains("blob-missing"))
        for reads in [false, true] {
            for isDryRun in [true, false] {
                let report = try await book.verify { ($0.isDryRun, $0.readsData) = (isDryRun, reads) }
                #expect((report.codes, report.status, report.files) == ([], .success, 1))
                // An app's row lacks what its bytes tell, so they are read in any case.
                #expect((report.lost, report.correctedPaths, report.filesRead) == (0, 0, 1))
            }
        }
        #expect(try row("nano_9", book)?.localPath == book.temporary.path + "/" + place)
        #expect(try await book.run(.publish).status == .success)
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    @Test func `a copy at the remote does not make its path wrong`() async throws {
        let book = try kept(at: Self.places[0])
        try book.execute("UPDATE file_assets SET status = 'uploaded', remote_url = '\(TestBook.url(Picture(1)))'")
        let report = try await book.verify()
        #expect((report.codes, report.files, report.correctedPaths) == ([], 1, 0))
        #expect(try row("nano_9", book)?.localPath != nil)
    }

    @Test func `verify takes it in where a link tells the book`() async throws {
        let book = try kept(at: Self.places[0])
        try book.withCatalog { catalog in
            _ = try catalog.write { writer in
                try writer.link(LinkSpec(assetID: "nano_9", entity: Entity(type: .book, id: "b1"), role: "gallery"))
            }
        }
        let told = try await book.verify { $0.isDryRun = true }
        #expect((told.codes, told.status, told.lost) == (["blob-missing"], .success, 0))
        let report = try await book.verify()
        #expect((report.mended, report.lost, report.status) == (1, 0, .success))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1))) == Data(Picture(1).bytes))
        #expect(try row("nano_9", book)?.localPath == book.temporary.path + "/" + Self.places[0])
    }

    /// What stands at the row's path, and what is said of it.
    static let wrongPaths: [(bytes: [UInt8]?, words: String)] = [([1, 2, 3], "has other bytes"), (nil, "is missing")]

    @Test(arguments: wrongPaths) func `verify says which path it takes out of a row`(
        bytes: [UInt8]?, words: String
    ) async throws {
        let book = try kept(at: Self.places[0])
        let path = book.temporary.path + "/" + Self.places[0]
        try FileManager.default.removeItem(atPath: path)
        if let bytes { try book.temporary.write(bytes, to: Self.places[0]) }
        let told = try await book.verify { $0.isDryRun = true }
        let report = try await book.verify()
        let outcomes = [(told, "unless they come from elsewhere its row would name"), (report, "its row names")]
        for (report, outcome) in outcomes {
            #expect((report.codes, report.status, report.lost) == (["blob-missing"], .failure, 1))
            let notes = report.findings.first?.problem.notes ?? []
            #expect(notes.contains("'\(path)' \(words); \(outcome) it no more"))
        }
        #expect(try row("nano_9", book)?.localPath == nil)
    }

    @Test func `check says where a picture is that may not be read`() async throws {
        var book = try kept(at: Self.places[0])
        let outside = try TemporaryFolder()
        try outside.write(Picture(1).bytes, to: "one.png")
        try book.execute("UPDATE file_assets SET local_path = '\(outside.path)/one.png'")
        #expect(try await book.check().codes.contains("outside-roots"))
        #expect(try await book.verify().codes == [])
        book.settings.localRoots = [outside.path]
        #expect(try await book.check().codes.filter { ["outside-roots", "blob-missing"].contains($0) } == [])
        #expect(try await book.run(.publish).status == .success)
    }

    // MARK: The status that the app reads

    @Test func `a row that is made anew says what its copy's line says`() async throws {
        let book = try book()
        try await book.upload([Picture(1)])
        try book.execute("DELETE FROM file_assets; DELETE FROM file_asset_links")
        try await book.store([Picture(1)])
        let row = try row(Picture(1).id, book)
        #expect((row?.status, row?.remoteURL) == (.uploaded, TestBook.url(Picture(1))))
    }

    @Test func `verify writes the line's status into the row`() async throws {
        let book = try book()
        try await book.upload([Picture(1), Picture(2)])
        try book.execute(
            "UPDATE file_assets SET status = 'pending_upload', remote_url = NULL WHERE id = '\(Picture(1).id)'")
        let told = try await book.verify { $0.isDryRun = true }
        #expect(told.codes == ["status-outdated"])
        #expect(try row(Picture(1).id, book)?.status == .pendingUpload)
        let report = try await book.verify()
        #expect((report.codes, report.status) == (["status-outdated"], .success))
        let mended = try row(Picture(1).id, book)
        #expect((mended?.status, mended?.remoteURL) == (.uploaded, TestBook.url(Picture(1))))
        #expect(try await book.verify().codes == [])
    }

    @Test(arguments: [("remote_id", "remote id"), ("remote_url", "address")])
    func `verify puts back what an app took out of a row, and names it`(column: String, words: String) async throws {
        let book = try book()
        try await book.upload([Picture(1)])
        try book.execute(
            """
            UPDATE tipin_uploads SET remote_id = '7'; UPDATE file_assets SET remote_id = '7';
            UPDATE file_assets SET \(column) = NULL
            """)
        let report = try await book.verify()
        #expect(report.codes == ["status-outdated"])
        #expect(
            report.findings.first?.problem.headline == "catalog had another \(words) for a picture than its copy has")
        let mended = try row(Picture(1).id, book)
        #expect((mended?.remoteID, mended?.remoteURL) == ("7", TestBook.url(Picture(1))))
        #expect(try await book.verify().codes == [])
    }

    @Test func `what only the app can have said stays`() async throws {
        let book = try book()
        try await book.store([Picture(1), Picture(2)])
        try book.execute(
            """
            UPDATE file_assets SET status = iif(id = '\(Picture(1).id)', 'uploaded', 'mine'),
                remote_url = 'https://app.example/1'
            """)
        #expect(try await book.verify().codes == [])
    }

    // MARK: A row without a digest

    @Test(arguments: [Picture(1).id, "nano_9"])
    func `verify gives a row its digest back where its id or its path tells it`(id: String) async throws {
        let book = try book()
        try await book.upload([Picture(1)])
        try book.execute("UPDATE file_assets SET id = '\(id)', sha256 = 'abc'")
        for table in ["asset_facts", "sources", "books", "uploads"] {
            try book.execute("UPDATE tipin_\(table) SET asset_id = '\(id)'")
        }
        let told = try await book.verify { $0.isDryRun = true }
        #expect((told.codes, told.status) == (["blob-without-row", "row-unreadable"], .failure))
        let report = try await book.verify()
        #expect((report.codes, report.status, report.assets) == (["row-unreadable"], .success, 1))
        #expect(try row(id, book)?.sha256.description == Picture(1).sha256)
        #expect(try await book.verify().codes == [])
    }

    @Test(arguments: ["''", "'\(String(repeating: "g", count: 64))'", "7", "x'00'"])
    func `a row of which nothing tells the digest is named`(digest: String) async throws {
        let book = try book()
        try await book.store([Picture(1)])
        try book.execute("UPDATE file_assets SET id = 'nano_9', local_path = NULL, sha256 = \(digest)")
        let report = try await book.verify()
        #expect((report.codes, report.status) == (["blob-without-row", "row-unreadable"], .failure))
        #expect(report.findings.contains { $0.assetID == "nano_9" })
    }

    @Test(arguments: [Picture(1).id, "nano_9"])
    func `bytes of a row without a digest can be added, and the catalog made again`(id: String) async throws {
        for rebuilds in [false, true] {
            let book = try book()
            try await book.store([Picture(1)])
            try book.execute("UPDATE file_assets SET id = '\(id)', sha256 = 'abc'")
            if rebuilds {
                try book.write(Chapter.text())
                #expect(try await book.rebuild().status == .success)
            } else {
                try await book.store([Picture(1)])
            }
            let found = try book.withCatalog { catalog in
                try catalog.read { try $0.asset(sha256: SHA256Digest(of: Picture(1).bytes))?.id }
            }
            #expect(found == (rebuilds ? id : Picture(1).id))
        }
    }
}
