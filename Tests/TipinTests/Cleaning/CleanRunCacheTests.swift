import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinSync
import TipinTestSupport

/// Bytes that can be fetched again make room, and come back when they are needed.
struct CleanRunCacheTests {
    private let book: TestBook
    private let size = Picture(1).bytes.count

    init() async throws {
        book = try TestBook()
        try await book.upload([Picture(1), Picture(2), Picture(3)])
    }

    private func isHere(_ number: Int) -> Bool {
        FileManager.default.fileExists(atPath: book.blobPath(Picture(number)))
    }

    private func use(_ number: Int, hours: Int64) throws {
        let catalog = try Catalog(
            path: book.dataPath + "/catalog.sqlite", mode: .existing, clock: book.later(hours: hours).host.clock)
        try catalog.write { try $0.touch(assetID: Picture(number).id) }
    }

    @Test func `what was used longest ago goes first, and no more than must`() async throws {
        for (place, number) in [2, 3, 1].enumerated() { try use(number, hours: Int64(place) + 1) }
        let later = book.later(hours: 30)
        #expect(try await later.clean(maxCacheBytes: 3 * size).words == [])
        let told = try await later.clean(deletes: false, maxCacheBytes: 2 * size)
        #expect(told.words == ["evict \(Picture(2).id)"])
        #expect(isHere(2))
        #expect(try await later.clean(maxCacheBytes: 2 * size) == told)
        #expect([1, 2, 3].map(isHere) == [true, false, true])
        #expect(try await later.clean(maxCacheBytes: 0).items.count == 2)
        #expect([1, 2, 3].map(isHere) == [false, false, false])
        #expect(try await later.clean(maxCacheBytes: 0).words == [])
    }

    @Test func `what is not at the remote is never evicted`() async throws {
        let offline = book
        try await offline.store([Picture(4)])
        let cleaned = try await book.later(hours: 30).clean(maxCacheBytes: 0)
        #expect(!cleaned.words.contains("evict \(Picture(4).id)"))
        #expect(isHere(4))
        #expect(cleaned.items.count == 3)
    }

    @Test func `a sync of everything leaves evicted bytes away, a document that names them brings them back`()
        async throws
    {
        _ = try await book.clean(maxCacheBytes: 0)
        let report = try await book.syncAll()
        #expect((report.status, report.downloads, report.uploads) == (.success, 0, 0))
        #expect(!isHere(1))
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        #expect(try await book.run(.sync).status == .success)
        #expect([1, 2].map(isHere) == [true, false])
        let path = try book.withCatalog { try $0.read { try $0.asset(id: Picture(1).id)?.localPath } }
        #expect(path == book.blobPath(Picture(1)))
    }

    @Test func `the app gets evicted bytes when it asks for them`() async throws {
        _ = try await book.clean(maxCacheBytes: 0)
        let workspace = try book.writing()
        let store = AssetStore(workspace)
        let reference = try AssetService(store).fileRef(for: Picture(1).id)
        #expect((reference.localPath, reference.remoteUrl) == (nil, TestBook.url(Picture(1))))
        let cached = try await SyncEngine(store).cacheRemoteIfMissing(reference, bookID: "b1")
        #expect(cached.localPath == book.blobPath(Picture(1)))
        #expect(try book.withCatalog { try $0.read { try $0.isEvicted(Picture(1).id) } } == false)
    }

    @Test func `publishing needs no bytes that are at the remote`() async throws {
        _ = try await book.clean(maxCacheBytes: 0)
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        let report = try await book.run(.publish)
        #expect(report.status == .success)
        #expect(try book.read().contains(TestBook.url(Picture(1))))
    }

    @Test func `a run that was killed before the files went is finished by the next`() async throws {
        let digest = try #require(SHA256Digest(Picture(1).sha256))
        let evicted = UnusedAsset(id: Picture(1).id, sha256: digest, size: size, lastUse: nil)
        #expect(try book.withCatalog { catalog in try catalog.write { try $0.evict(evicted) } })
        #expect(isHere(1))
        let told = try await book.clean(deletes: false, maxCacheBytes: 3 * size)
        #expect(told.words == ["evict \(Picture(1).id)"])
        #expect(try await book.clean(maxCacheBytes: 3 * size) == told)
        #expect([1, 2].map(isHere) == [false, true])
    }

    @Test func `what is not here takes no room`() async throws {
        try FileManager.default.removeItem(atPath: book.blobPath(Picture(3)))
        try book.withCatalog { catalog in
            try catalog.write { try $0.forgetPath(assetID: Picture(3).id, bookID: "b1") }
        }
        #expect(try await book.clean(maxCacheBytes: 2 * size).words == [])
        #expect([1, 2].map(isHere) == [true, true])
        #expect(try await book.clean(maxCacheBytes: size).items.count == 1)
    }

    @Test func `bytes that the app brought back stay`() async throws {
        #expect(try await book.clean(maxCacheBytes: 0).items.count == 3)
        try book.temporary.write(
            Picture(1).bytes, to: "data/books/b1/files/\(Picture(1).sha256)/original.png")
        try book.withCatalog { catalog in
            try catalog.write { try $0.setLocalPath(assetID: Picture(1).id, book.blobPath(Picture(1))) }
        }
        #expect(try await book.clean(maxCacheBytes: size).words == [])
        #expect(isHere(1))
        #expect(try book.withCatalog { try $0.read { try $0.isEvicted(Picture(1).id) } } == false)
        #expect(try await book.clean(maxCacheBytes: 0).words == ["evict \(Picture(1).id)"])
        #expect(!isHere(1))
    }

    @Test func `a document that is worked on uses its pictures`() async throws {
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        let later = book.later(hours: 10)
        #expect(try await later.run(.migrate).status == .success)
        let times = try book.withCatalog { catalog in
            try catalog.read { reader in try [1, 2].map { try reader.lastAccess(of: Picture($0).id) ?? 0 } }
        }
        #expect(times[0] >= times[1] + 9 * 3_600_000)
        #expect(try await later.clean(maxCacheBytes: 2 * size).words == ["evict \(Picture(2).id)"])
    }

    // MARK: What the remote lost

    @Test func `what the remote has lost stays, is sent again, and others go in its place`() async throws {
        for (place, number) in [1, 2, 3].enumerated() { try use(number, hours: Int64(place) + 1) }
        let later = book.later(hours: 30)
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        try Data("x".utf8).write(to: URL(fileURLWithPath: book.remoteFile(Picture(2))))
        let told = try await later.clean(deletes: false, maxCacheBytes: 2 * size)
        let cleaned = try await later.clean(maxCacheBytes: 2 * size)
        #expect(cleaned == told)
        #expect(cleaned.words == ["evict \(Picture(3).id)"])
        #expect(cleaned.sum.diagnostics.map(\.code) == [.remoteMissing, .remoteMissing])
        #expect([1, 2, 3].map(isHere) == [true, true, false])
        #expect(try await later.syncAll().uploads == 2)
        #expect(try await later.clean(maxCacheBytes: 0).items.count == 2)
    }

    @Test func `bytes of two books stay until each of their copies is there`() async throws {
        try await book.upload([Picture(1)], book: "b2")
        #expect(FileManager.default.fileExists(atPath: book.remoteFile(Picture(1), book: "b2")))
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1), book: "b2"))
        let cleaned = try await book.clean(maxCacheBytes: 0)
        #expect(!cleaned.words.contains("evict \(Picture(1).id)"))
        #expect(cleaned.sum.diagnostics.map(\.code) == [.remoteMissing])
        #expect(cleaned.sum.diagnostics.first?.problem.notes.count { $0.contains("/b2/") } == 1)
        #expect(isHere(1))
        #expect(try await book.syncAll().uploads == 1)
        #expect(FileManager.default.fileExists(atPath: book.remoteFile(Picture(1), book: "b2")))
        #expect(try await book.clean(maxCacheBytes: 0).words == ["evict \(Picture(1).id)"])
    }

    @Test func `what a killed run left is not removed where the remote has lost it since`() async throws {
        let digest = try #require(SHA256Digest(Picture(1).sha256))
        let evicted = UnusedAsset(id: Picture(1).id, sha256: digest, size: size, lastUse: nil)
        #expect(try book.withCatalog { catalog in try catalog.write { try $0.evict(evicted) } })
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        let cleaned = try await book.clean(maxCacheBytes: 3 * size)
        #expect((cleaned.words, cleaned.sum.diagnostics.map(\.code)) == ([], [.remoteMissing]))
        #expect(isHere(1))
        #expect(try await book.syncAll().uploads == 1)
        #expect(try await book.clean(maxCacheBytes: 3 * size).words == ["evict \(Picture(1).id)"])
    }

    /// What a remote that is no folder says, and what then goes of one picture.
    static let answers: [(RemotePresence?, code: DiagnosticCode?)] = [
        (nil, nil), (.missing, .remoteMissing), (.different("it has 5 bytes"), .remoteMissing),
        (.unknown(.notReachable(url: "https://api.example", words: "no route")), .remoteUnreachable),
        (.unknown(.unauthorised), .remoteUnreachable),
    ]

    @Test(arguments: answers.indices) func `a server is asked, and only a clear yes lets bytes go`(
        number: Int
    ) async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        try await book.upload([Picture(1)])
        let (answer, code) = Self.answers[number]
        remote.answer(answer)
        // A dry run uses no network.
        #expect(try await book.clean(deletes: false, maxCacheBytes: 0).words == ["evict \(Picture(1).id)"])
        let cleaned = try await book.clean(maxCacheBytes: 0)
        #expect(cleaned.words == (code == nil ? ["evict \(Picture(1).id)"] : []))
        #expect(cleaned.sum.diagnostics.map(\.code) == [code].compactMap { $0 })
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))) == (code != nil))
    }

    @Test func `what somebody puts to use meanwhile stays, and others go in its place`() async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        try await book.upload([Picture(1), Picture(2), Picture(3)])
        for number in [1, 2, 3] {
            let clock = book.later(hours: Int64(number)).host.clock
            let catalog = try Catalog(path: book.dataPath + "/catalog.sqlite", mode: .existing, clock: clock)
            try catalog.write { try $0.touch(assetID: Picture(number).id) }
        }
        let path = book.dataPath + "/catalog.sqlite"
        // Its copy is to be sent again: the only bytes may be those that are here.
        remote.whenAsked { url in
            guard url.contains(Picture(1).sha256) else { return }
            let key = UploadKey(assetID: Picture(1).id, bookID: "b1", remote: "https://api.example")
            do {
                try Catalog(path: path, mode: .existing).write { try $0.resetToPending(key) }
            } catch {
                Issue.record(error)
            }
        }
        let cleaned = try await book.later(hours: 30).clean(maxCacheBytes: 2 * size)
        #expect(cleaned.words == ["evict \(Picture(2).id)"])
        #expect(cleaned.sum.bytes[.evict] == size)
        let left = [1, 2, 3].map { FileManager.default.fileExists(atPath: book.blobPath(Picture($0))) }
        #expect(left == [true, false, true])
    }

    @Test(arguments: ["image/png", "text/html"])
    func `what a server sends in the place of the picture lets nothing go`(type: String) async throws {
        let api = try StubBookAPI()
        var book = try TestBook()
        book.settings.remote = api.base
        try await book.upload([Picture(1)])
        let other = String(repeating: "x", count: size)
        api.answer(200, to: .downloads, headers: [(name: "Content-Type", value: type)], text: other)
        let cleaned = try await book.clean(maxCacheBytes: 0)
        #expect((cleaned.words, cleaned.sum.diagnostics.map(\.code)) == ([], [.remoteMissing]))
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
        api.recover()
        #expect(try await book.syncAll().status == .success)
        #expect(try await book.clean(maxCacheBytes: 0).words == ["evict \(Picture(1).id)"])
    }

    @Test(arguments: [0, 5, 1 << 40], [false, true])
    func `a size that the catalog tells wrong makes nothing gone`(told: Int, isServer: Bool) async throws {
        let api = try StubBookAPI()
        var book = book
        if isServer {
            book = try TestBook()
            book.settings.remote = api.base
            try await book.upload([Picture(1), Picture(2), Picture(3)])
        }
        try book.execute("UPDATE file_assets SET size_bytes = \(told) WHERE id = '\(Picture(1).id)'")
        let cleaned = try await book.clean(maxCacheBytes: 0)
        #expect((cleaned.items.count, cleaned.sum.diagnostics) == (3, []))
        #expect(try await book.syncAll().uploads == 0)
    }

    @Test func `without the remote that has it nothing goes`() async throws {
        let cleaned = try await book.offline.clean(maxCacheBytes: 0)
        #expect((cleaned.words, cleaned.sum.diagnostics.map(\.code)) == ([], [.noRemote]))
        #expect([1, 2, 3].map(isHere) == [true, true, true])
    }
}
