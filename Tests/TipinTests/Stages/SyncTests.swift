import Foundation
import Synchronization
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 5 "Status", and what publish asks of the remote.
struct SyncTests {
    private func book(_ remote: StubRemote) throws -> TestBook {
        var book = try TestBook()
        book.remote = remote
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "c2.json")
        return book
    }

    private func status(_ book: TestBook, _ number: Int = 1) throws -> AssetStatus? {
        try book.withCatalog { try $0.read { try $0.asset(id: Picture(number).id)?.status } }
    }

    private static let down = RemoteError.status(500, words: "down")
    private static let refused = RemoteError.status(413, words: "too large")

    @Test func `an import waits for its upload where a remote is named`() async throws {
        let book = try book(StubRemote())
        try await book.run(.migrate)
        #expect(try status(book) == .pendingUpload)
        var alone = try TestBook(hasRemote: false)
        alone.settings.editorHasAssetID = true
        try alone.write(Chapter.text(#"{"src":"$data1"}"#))
        try await alone.run(.migrate)
        #expect(try status(alone) == .localOnly)
    }

    @Test(arguments: [1, 2]) func `an upload that fails for a moment is tried again`(_ failures: Int) async throws {
        let remote = StubRemote()
        let book = try book(remote)
        remote.fail(with: Array(repeating: Self.down, count: failures))
        let report = try await book.run(.publish, ["c1.json"])
        #expect(report.codes.isEmpty)
        #expect(remote.attempts == failures + 1)
        #expect(try status(book) == .uploaded)
    }

    @Test func `three tries in vain are a failure of the moment`() async throws {
        let remote = StubRemote()
        var book = try book(remote)
        let waits = Mutex<[Duration]>([])
        book.host.pause = { wait in waits.withLock { $0.append(wait) } }
        remote.fail { item in item.sha256 == Picture(1).sha256 ? Self.down : nil }
        let before = try book.read()
        let report = try await book.run(.publish)
        #expect(report.status == .incomplete)
        #expect(report.status.rawValue == 3)
        #expect(report.codes == ["document-not-published", "upload-failed"])
        #expect(remote.attempts == 3 + 1)
        #expect(waits.withLock { $0.count } == 2)
        #expect(waits.withLock { $0.allSatisfy { $0 <= .seconds(30) } })
        #expect(try status(book) == .failed)
        #expect(try book.read() == before, "nothing of a refused document is written")
        #expect(try book.read("c2.json").contains("https://api.example/"), "the other needs no failing asset")
        #expect(try status(book, 2) == .uploaded)
    }

    @Test func `what failed for a moment is tried by the next run`() async throws {
        let remote = StubRemote()
        let book = try book(remote)
        remote.fail { _ in Self.down }
        #expect(try await book.run(.publish).status == .incomplete)
        #expect(try await book.syncAll().status == .incomplete)
        remote.fail(nil)
        #expect(try await book.syncAll().uploads == 2)
        #expect(try status(book) == .uploaded)
        #expect(try await book.run(.publish).status == .success)
    }

    @Test func `what was refused for good is tried again only when asked for`() async throws {
        let remote = StubRemote()
        let book = try book(remote)
        remote.fail { _ in Self.refused }
        let report = try await book.run(.publish, ["c1.json"])
        #expect(report.status == .failure)
        #expect(report.codes == ["document-not-published", "upload-refused"])
        #expect(remote.attempts == 1)
        #expect(try status(book) == .failed)
        remote.fail(nil)
        #expect(try await book.run(.publish, ["c1.json"]).codes == ["document-not-published", "upload-refused"])
        #expect(try await book.syncAll().uploads == 0)
        #expect(remote.attempts == 1)
        #expect(try await book.syncAll(retriesFailed: true).uploads == 1)
        #expect(try await book.run(.publish, ["c1.json"]).status == .success)
    }

    @Test func `a failure never takes uploaded away`() async throws {
        let remote = StubRemote()
        let book = try book(remote)
        #expect(try await book.run(.publish).status == .success)
        remote.answer(.unknown(.notReachable(url: "https://api.example", words: "no route")))
        let report = try await book.run(.publish)
        #expect(report.status == .incomplete)
        #expect(try status(book) == .uploaded)
        #expect(remote.attempts == 2)
    }

    @Test func `sync writes the documents it can`() async throws {
        let remote = StubRemote()
        let book = try book(remote)
        try await book.run(.migrate)
        remote.fail { item in item.sha256 == Picture(1).sha256 ? Self.down : nil }
        let report = try await book.run(.sync)
        #expect(report.status == .incomplete)
        #expect(try !book.read().contains("https://api.example/"))
        #expect(try book.read("c2.json").contains("https://api.example/"))
    }

    // MARK: Another device

    /// AC-3.
    @Test func `a chapter shows its pictures on another device, first remote, then cached`() async throws {
        let first = try TestBook()
        try first.write(Chapter.text(#"{"src":"$data1"}"#))
        try await first.run(.publish)
        // The app of PRD 9.1 writes no more than the id into its nodes.
        let manifest = "{" + Chapter.entry(1, #","remoteUrl":"$url1""#) + "}"
        try first.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: manifest))
        let second = first.secondDevice()
        #expect(try await second.run(.resolve).codes.isEmpty)
        #expect(
            try second.read() == second.expanded(Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: manifest))
        )
        let report = try await second.run(.sync)
        #expect(report.codes.isEmpty)
        #expect(report.uploads == 0)
        let cached = "{" + Chapter.entry(1, #","remoteUrl":"$url1","localPath":"$path1""#) + "}"
        #expect(
            try second.read() == second.expanded(Chapter.text(#"{"assetId":"$id1","src":"$url1"}"#, manifest: cached)))
        #expect(FileManager.default.contents(atPath: second.blobPath(Picture(1))) == Data(Picture(1).bytes))
    }

    // MARK: What the remote lost

    @Test(arguments: [TestBook.Command.publish, .sync])
    func `a file that the remote lost is sent again in the same run`(_ command: TestBook.Command) async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        let text = try book.read()
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        let report = try await book.run(command)
        #expect(report.codes.isEmpty)
        #expect(report.uploads == 1)
        #expect(FileManager.default.contents(atPath: book.remoteFile(Picture(1))) == Data(Picture(1).bytes))
        if command == .publish { #expect(try book.read() == text) }
    }

    @Test func `a file that somebody changed at the remote is sent again`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        try Data("x".utf8).write(to: URL(fileURLWithPath: book.remoteFile(Picture(1))))
        #expect(try await book.run(.publish).uploads == 1)
        #expect(FileManager.default.contents(atPath: book.remoteFile(Picture(1))) == Data(Picture(1).bytes))
    }

    @Test(arguments: [0, 5, 1 << 40], [false, true])
    func `a size that the catalog tells wrong keeps nothing from being published`(
        told: Int, isServer: Bool
    ) async throws {
        let api = try StubBookAPI()
        var book = try TestBook()
        if isServer { book.settings.remote = api.base }
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        try book.execute("UPDATE file_assets SET size_bytes = \(told)")
        for uploads in [1, 0] {
            let report = try await book.run(.publish)
            #expect(report.status == .success, "\(report.codes)")
            #expect(report.uploads == uploads)
        }
    }

    @Test func `a file that is lost at both ends is named`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        try book.removeBlob(Picture(1))
        let text = try book.read()
        let report = try await book.run(.publish)
        #expect(report.codes == ["document-not-published", "remote-missing"])
        #expect(report.status == .failure)
        #expect(try book.read() == text)
    }

    @Test func `publish without asking trusts what it knows`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        let report = try await book.run(.publish) { $0.verifiesRemote = false }
        #expect(report.codes.isEmpty)
        #expect(report.uploads == 0)
    }

    @Test func `another base changes the addresses and sends nothing`() async throws {
        var book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.publish)
        let text = try book.read()
        book.settings.remote = "folder:\(book.remotePath)?base=https://new.example/b"
        let report = try await book.run(.publish)
        #expect(report.codes.isEmpty)
        #expect(report.uploads == 0)
        #expect(try book.read() == text.replacing(TestBook.base, with: "https://new.example/b"))
    }

    @Test func `publish without a remote is a wrong use and creates nothing`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        await #expect { try await book.run(.publish) } throws: { $0.problem.code == .noRemote }
        #expect(book.manifest(below: "data").isEmpty)
        var baseless = book
        baseless.settings.remote = "folder:\(book.remotePath)"
        await #expect { try await baseless.run(.publish) } throws: { $0.problem.code == .noRemote }
        #expect(book.manifest(below: "data").isEmpty)
    }

    @Test func `what the remote took but does not serve is not published`() async throws {
        let remote = StubRemote()
        let book = try book(remote)
        remote.answer(.missing)
        let before = try book.read()
        let report = try await book.run(.publish, ["c1.json"])
        #expect(report.codes == ["document-not-published", "remote-missing"])
        #expect(report.status == .incomplete)
        #expect(try book.read() == before)
        #expect(try status(book) == .pendingUpload)
        remote.answer(nil)
        #expect(try await book.run(.publish, ["c1.json"]).codes.isEmpty)
        #expect(try status(book) == .uploaded)
    }
}
