import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// What `assets verify` says of pictures that are at a server, and of the server's silence.
struct VerifyServerTests {
    private let api: StubBookAPI
    private let book: TestBook

    init() async throws {
        api = try StubBookAPI()
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.remote = api.base
        try await book.upload([Picture(1), Picture(2)])
        self.book = book
    }

    /// As clean-up leaves it that had a clear yes, or an app that never had the bytes.
    private func evict() async throws {
        #expect(try await book.clean(maxCacheBytes: Picture(1).bytes.count).words.count == 1)
    }

    @Test(arguments: [503, 401], [false, true])
    func `what is missing stays missing in every run, until the server gives it`(
        status: Int, damages: Bool
    ) async throws {
        if damages {
            try book.spoil(Picture(1), with: [1])
        } else {
            try book.removeBlob(Picture(1))
        }
        api.answer(status)
        for round in 1...3 {
            let report = try await book.verify()
            #expect(report.codes == [damages && round == 1 ? "blob-damaged" : "blob-missing"])
            #expect(report.status == (status == 503 ? .incomplete : .failure))
            #expect((report.lost, report.unfetched, report.elsewhere, report.unasked) == (0, 1, 0, 0))
            #expect(report.summary.contains("1 not fetched"))
        }
        #expect(try await book.verify { $0.isDryRun = true }.status == .failure)
        api.recover()
        let report = try await book.verify()
        #expect((report.status, report.mended, report.unfetched) == (.success, 1, 0))
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `a server that has lost it too makes it lost`() async throws {
        try book.removeBlob(Picture(1))
        api.answer(503)
        #expect(try await book.verify().unfetched == 1)
        api.recover()
        for upload in api.uploads where upload.bytes == Picture(1).bytes { api.remove(id: upload.id) }
        for _ in 1...2 {
            let report = try await book.verify()
            #expect((report.status, report.lost, report.unfetched) == (.failure, 1, 0))
        }
    }

    @Test func `what is at the server by design is counted apart, and not asked for`() async throws {
        try await evict()
        let before = api.requests.count
        let report = try await book.verify()
        #expect(report.findings.isEmpty)
        #expect((report.status, report.elsewhere, report.unasked) == (.success, 0, 1))
        #expect(report.summary.contains("1 not here and the remote not asked"))
        #expect(report.summary.contains("as far as the catalog knows"))
        #expect(api.requests.count == before)
    }

    @Test func `a folder that is searched has what the server was not asked for`() async throws {
        try await evict()
        let gone = try #require(
            [Picture(1), Picture(2)].first { !FileManager.default.fileExists(atPath: book.blobPath($0)) })
        try book.temporary.write(gone.bytes, to: "attic/deep/some.png")
        let before = api.requests.count
        let attic = book.temporary.path + "/attic"
        let report = try await book.verify { $0.searchFolders = [attic] }
        #expect((report.status, report.codes, report.mended, report.unasked) == (.success, ["blob-missing"], 1, 0))
        #expect(FileManager.default.contents(atPath: book.blobPath(gone)) == Data(gone.bytes))
        #expect(api.requests.count == before)
    }

    /// An app's row says where its own file is, and nothing of ours.
    @Test func `what an app says is here and is not is asked for`() async throws {
        try await evict()
        let gone = try #require(
            [Picture(1), Picture(2)].first { !FileManager.default.fileExists(atPath: book.blobPath($0)) })
        func claim() throws {
            try book.withCatalog { catalog in
                try catalog.write { try $0.setLocalPath(assetID: gone.id, "/nowhere/app.png") }
            }
        }
        try claim()
        api.answer(503)
        for _ in 1...2 {
            let report = try await book.verify()
            #expect((report.status, report.unfetched, report.codes) == (.incomplete, 1, ["remote-unreachable"]))
        }
        api.recover()
        let report = try await book.verify()
        #expect((report.status, report.elsewhere, report.unfetched) == (.success, 1, 0))
        #expect(try book.withCatalog { try $0.read { try $0.asset(id: gone.id)?.localPath } } == nil)
    }
}
