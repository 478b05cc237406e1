import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync

/// Pictures that tell where they were taken, and remotes.
struct PositionTests {
    private static let placed = Picture(positioned: 1)

    /// A book whose pictures were imported while their positions were kept, under a rule that removes them.
    private func book(_ remote: StubRemote, rule: MetadataRule = .stripGPS) async throws -> TestBook {
        var book = try TestBook()
        book.remote = remote
        book.settings.importLimits.metadata = .keep
        try await book.store([Self.placed, Picture(2)])
        book.settings.importLimits.metadata = rule
        return book
    }

    private func restrip(_ book: TestBook) async throws {
        let workspace = try book.writing()
        defer { workspace.close() }
        _ = try await RestripRun(workspace).run([])
    }

    private func lines(_ book: TestBook, of picture: Picture) throws -> [Upload] {
        try book.withCatalog { try $0.read { try $0.uploads(of: picture.id) } }
    }

    private func status(_ book: TestBook, of picture: Picture) throws -> AssetStatus? {
        try book.withCatalog { try $0.read { try $0.asset(id: picture.id)?.status } }
    }

    @Test(arguments: [MetadataRule.stripGPS, .stripAll])
    func `sync sends no picture that the rule would not have let in so`(_ rule: MetadataRule) async throws {
        let remote = StubRemote()
        let book = try await book(remote, rule: rule)
        let report = try await book.syncAll()
        #expect(report.codes == ["position-in-picture"])
        #expect(report.status == .failure)
        #expect(report.problems(.positionInPicture)[0].help[0].contains("assets restrip"))
        #expect(report.problems(.positionInPicture)[0].notes[0].contains(Self.placed.id))
        #expect(remote.uploads.map(\.sha256) == [Picture(2).sha256])
        // Nothing was tried, so nothing failed: it goes as soon as it may.
        #expect(try lines(book, of: Self.placed).map(\.status) == [.pendingUpload])
        var keeping = book
        keeping.settings.importLimits.metadata = .keep
        #expect(try await keeping.syncAll().codes.isEmpty)
        #expect(remote.uploads.map(\.sha256) == [Picture(2).sha256, Self.placed.sha256])
    }

    @Test func `sync of documents and publish refuse it for the same reason`() async throws {
        let remote = StubRemote()
        let book = try await book(remote)
        try book.write(
            Chapter.text(
                #"{"assetId":"mine"}"#,
                manifest: #"{"mine":{"assetId":"mine","sha256":"\#(Self.placed.sha256)"}}"#))
        let synced = try await book.run(.sync)
        let published = try await book.run(.publish)
        let problem = try #require(synced.problems(.positionInPicture).first)
        #expect(published.problems(.positionInPicture).map(\.help) == [problem.help])
        #expect(published.status == .failure && synced.status == .failure)
        #expect(remote.uploads.isEmpty)
        let checked = try await book.check(.publish)
        #expect(checked.problems(.positionInPicture) == published.problems(.positionInPicture))
        #expect(checked.severity(.positionInPicture) == .error)
        #expect(try await !book.check().codes.contains("position-in-picture"))
        let dryRun = try await book.run(.publish, to: .nowhere)
        #expect(dryRun.codes.contains("position-in-picture"))
    }

    @Test func `what the bytes tell counts, not what an import noted of them`() async throws {
        let remote = StubRemote()
        let book = try await book(remote)
        try book.execute("UPDATE tipin_asset_facts SET has_position = 0")
        #expect(try await book.syncAll().codes == ["position-in-picture"])
        #expect(remote.uploads.map(\.sha256) == [Picture(2).sha256])
        #expect(try book.withCatalog { try $0.read { try $0.asset(id: Self.placed.id)?.hasPosition } } == true)
    }

    @Test func `a position that cannot be removed is not said to be`() async throws {
        let book = try await book(StubRemote())
        try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.noteStripped(
                    assetID: Self.placed.id, sha256: SHA256Digest(of: Self.placed.bytes), rule: .stripGPS,
                    stripperVersion: MetadataStripper.version)
            }
        }
        let help = try await book.syncAll().problems(.positionInPicture)[0].help
        #expect(help.allSatisfy { !$0.contains("restrip") } && help[0].contains("image editor"))
    }

    @Test func `what was restripped is sent, and what it took the place of is not`() async throws {
        let remote = StubRemote()
        let book = try await book(remote)
        try await restrip(book)
        #expect(try lines(book, of: Self.placed).isEmpty)
        #expect(try status(book, of: Self.placed) == .localOnly, "clean-up may have it")
        let report = try await book.syncAll()
        #expect(report.codes.isEmpty)
        #expect(Set(remote.uploads.map(\.sha256)) == [Picture(1).sha256, Picture(2).sha256])
        #expect(try lines(book, of: Self.placed).isEmpty)
        #expect(try await book.syncAll(retriesFailed: true).uploads == 0)
    }

    @Test func `waiting uploads of pictures that were replaced before are settled`() async throws {
        let remote = StubRemote()
        let book = try await book(remote)
        try await restrip(book)
        let name = remote.name.rawValue
        try book.execute(
            """
            INSERT INTO tipin_uploads (asset_id, book_id, remote, status, last_error, created_at, updated_at)
            VALUES ('\(Self.placed.id)', 'b1', '\(name)', 'pending_upload', NULL, '', ''),
                ('\(Self.placed.id)', 'b2', '\(name)', 'failed', 'down', '', '')
            """)
        try book.execute("UPDATE file_assets SET status = 'pending_upload' WHERE id = '\(Self.placed.id)'")
        #expect(try await book.syncAll().codes.isEmpty)
        #expect(try lines(book, of: Self.placed).isEmpty)
        #expect(try status(book, of: Self.placed) == .localOnly)
        #expect(!remote.uploads.map(\.sha256).contains(Self.placed.sha256))
    }

    @Test func `a copy that the remote has already, or is being sent, is no waiting one`() async throws {
        let remote = StubRemote()
        var book = try await book(remote, rule: .keep)
        try await book.syncAll()
        book.settings.importLimits.metadata = .stripGPS
        let key = UploadKey(assetID: Self.placed.id, bookID: "b2", remote: remote.name.rawValue)
        try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.enqueueUpload(assetID: key.assetID, bookID: key.bookID, remote: key.remote)
                #expect(try writer.takeLease(key, token: "other", seconds: 60))
            }
        }
        try await restrip(book)
        #expect(try lines(book, of: Self.placed).map(\.status) == [.uploaded, .pendingUpload])
        #expect(try status(book, of: Self.placed) == .uploaded)
    }

    @Test func `a catalog that was made anew sends no picture with its position either`() async throws {
        let remote = StubRemote()
        let book = try await book(remote)
        try await restrip(book)
        try FileManager.default.removeItem(atPath: book.dataPath + "/catalog.sqlite")
        _ = try await book.rebuild()
        #expect(try await book.syncAll().codes == ["position-in-picture"])
        #expect(!remote.uploads.map(\.sha256).contains(Self.placed.sha256))
        try await restrip(book)
        #expect(try await book.syncAll().codes.isEmpty)
        #expect(!remote.uploads.map(\.sha256).contains(Self.placed.sha256))
    }
}
