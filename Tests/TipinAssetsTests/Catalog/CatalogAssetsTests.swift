import GRDB
import Testing
import TipinAssets
import TipinDocument

struct CatalogAssetsTests {
    private let test: TestCatalog
    private var catalog: Catalog { test.catalog }

    init() throws { test = try TestCatalog() }

    private let digest = SHA256Digest(of: Array("picture".utf8))

    @Test func `gives back what was put in`() throws {
        let asset = try catalog.write {
            try $0.insert(
                NewAsset(
                    sha256: digest, ext: "png", mime: "image/png", size: 7, width: 4, height: 3, frames: 2,
                    hasAlpha: true, hasPosition: true, localPath: "/d/x.png", status: .pendingUpload))
        }
        #expect(
            asset
                == Asset(
                    id: AssetID.derived(from: digest), sha256: digest, ext: "png", mime: "image/png", size: 7, width: 4,
                    height: 3, frames: 2, hasAlpha: true, hasPosition: true, localPath: "/d/x.png",
                    status: .pendingUpload, createdAt: "2023-11-14T22:13:20.000Z",
                    updatedAt: "2023-11-14T22:13:20.000Z"))
        #expect(try catalog.read { try $0.asset(id: asset.id) } == asset)
        #expect(try catalog.read { try $0.asset(sha256: digest) } == asset)
        #expect(try catalog.read { try $0.assets(withIDs: ["none", asset.id]) } == [asset])
    }

    @Test func `keeps the standing row of a known digest and fills what it lacks`() throws {
        let first = try test.add("nano")
        let second = try catalog.write {
            try $0.insert(
                NewAsset(
                    sha256: first.sha256, ext: "jpg", mime: "image/jpeg", size: 9, width: 4, height: 3,
                    localPath: "/other", status: .uploaded))
        }
        #expect(second.id == "nano")
        #expect((second.ext, second.size, second.status) == ("png", 7, .localOnly))
        #expect((second.width, second.height, second.localPath) == (4, 3, "/other"))
        let third = try catalog.write {
            try $0.insert(NewAsset(sha256: first.sha256, ext: "png", mime: "image/png", size: 7, width: 99))
        }
        #expect(third == second)
        #expect(try catalog.read { try $0.assets().count } == 1)
    }

    @Test func `gives another id where an app gave ours to other bytes`() throws {
        let id = AssetID.derived(from: digest)
        try catalog.write {
            try $0.insert(
                NewAsset(id: id, sha256: SHA256Digest(of: []), ext: "png", mime: "image/png", size: 1))
        }
        let asset = try catalog.write {
            try $0.insert(NewAsset(sha256: digest, ext: "png", mime: "image/png", size: 7))
        }
        #expect(asset.id != id)
        #expect(asset.id.count == 36)
        #expect(!AssetID.isDerived(asset.id))
        #expect(try catalog.read { try $0.asset(sha256: digest)?.id } == asset.id)
    }

    @Test func `finds by the digest of the bytes as they were found`() throws {
        let asset = try test.add("a")
        try catalog.write {
            try $0.recordSource(sourceSHA256: digest, assetID: "a", rule: .stripGPS, stripperVersion: 3)
        }
        #expect(try catalog.read { try $0.asset(digest: digest) } == asset)
        #expect(try catalog.read { try $0.asset(digest: asset.sha256) } == asset)
        #expect(try catalog.read { try $0.asset(sha256: digest) } == nil)
    }

    @Test func `finds by the beginning of an id or a digest`() throws {
        for name in ["abc1", "abc2", "abd%"] { try test.add(name) }
        let hex = SHA256Digest(of: Array("abc1".utf8)).description
        let found = { (prefix: String) in
            try catalog.read { try $0.assets(matchingPrefix: prefix, limit: 10).map(\.id) }
        }
        #expect(try found("abc") == ["abc1", "abc2"])
        #expect(try found("abd%") == ["abd%"])
        #expect(try found(String(hex.prefix(12)).uppercased()) == ["abc1"])
        #expect(try found("%") == [])
        #expect(try found("") == [])
        #expect(try catalog.read { try $0.assets(matchingPrefix: "ab", limit: 2).count } == 2)
    }

    @Test func `lists by book, entity, role and status`() throws {
        try test.add("a", book: "b1", status: .failed)
        test.time.advance(milliseconds: 10)
        try test.add("c", book: "b2")
        test.time.advance(milliseconds: 10)
        try test.add("b", book: "b1")
        try catalog.write {
            try $0.link(LinkSpec(assetID: "b", entity: .character("c1"), role: "avatar"))
            try $0.link(LinkSpec(assetID: "c", entity: .character("c1"), role: "gallery"))
        }
        let ids = { (filter: AssetFilter) in try catalog.read { try $0.assets(filter).map(\.id) } }
        #expect(try ids(AssetFilter()) == ["a", "c", "b"])
        #expect(try ids(AssetFilter(book: "b1")) == ["a", "b"])
        #expect(try ids(AssetFilter(entity: .character("c1"))) == ["c", "b"])
        #expect(try ids(AssetFilter(book: "b1", entity: .character("c1"), role: "avatar")) == ["b"])
        #expect(try ids(AssetFilter(role: "gallery")) == ["c"])
        #expect(try ids(AssetFilter(status: .failed)) == ["a"])
        #expect(try ids(AssetFilter(book: "none")) == [])
    }

    @Test func `has the first book as owner`() throws {
        try test.add("a", book: "b9")
        try catalog.write {
            try $0.addBook(assetID: "a", bookID: "b1", localPath: nil)
            try $0.addBook(assetID: "a", bookID: "b1", localPath: "books/b1/x")
            try $0.addBook(assetID: "a", bookID: "b1", localPath: nil)
        }
        try catalog.read { (reader) throws in
            #expect(try reader.books(of: "a") == ["b9", "b1"])
            #expect(try reader.ownerBook(of: "a") == "b9")
            #expect(try reader.path(of: "a", inBook: "b1") == "books/b1/x")
            #expect(try reader.books(of: "none") == [])
        }
    }

    @Test func `knows an alias in its document only`() throws {
        let asset = try test.add("a")
        try catalog.write { try $0.setAlias(id: "x", book: "b1", document: "d1", assetID: "a") }
        try catalog.read { (reader) throws in
            #expect(try reader.alias(id: "x", book: "b1", document: "d1") == asset)
            #expect(try reader.alias(id: "x", book: "b1", document: "d2") == nil)
            #expect(try reader.alias(id: "x", book: "b2", document: "d1") == nil)
            #expect(try reader.asset(id: "x") == nil)
        }
    }

    @Test func `remembers failures of an address until it leads to an asset`() throws {
        let url = "https://old.example/1.png"
        let asset = try test.add("a")
        for _ in 1...2 {
            try catalog.write {
                try $0.recordSourceFailure(url, words: "404", code: "asset-gone", isTransient: false)
            }
        }
        let failure = try #require(try catalog.read { try $0.failure(ofSourceURL: url) })
        #expect((failure.words, failure.code, failure.isTransient, failure.attempts) == ("404", "asset-gone", false, 2))
        #expect(try catalog.read { try $0.asset(sourceURL: url) } == nil)
        try catalog.write { try $0.recordSourceURL(url, assetID: "a") }
        try catalog.write { try $0.recordSourceFailure(url, words: "500", code: "fetch-failed", isTransient: true) }
        try catalog.read { (reader) throws in
            #expect(try reader.failure(ofSourceURL: url) == nil)
            #expect(try reader.asset(sourceURL: url) == asset)
            #expect(try reader.sourceURLs(of: "a") == [url])
        }
    }

    @Test func `waits for downloads until they came`() throws {
        let told = WaitingDownload(sha256: digest, book: "b1", remoteURL: "https://r/1", assetID: "x", width: 4)
        try catalog.write {
            try $0.recordDownload(told)
            try $0.recordDownload(WaitingDownload(sha256: digest, book: "b1", mime: "image/png"))
            try $0.recordDownload(WaitingDownload(sha256: digest, book: "b2"))
        }
        var whole = told
        whole.mime = "image/png"
        try catalog.read { (reader) throws in
            #expect(try reader.waitingDownload(sha256: digest) == whole)
            #expect(try reader.waitingDownloads(book: "b1") == [whole])
            #expect(try reader.waitingDownloads(book: nil).count == 2)
        }
        try catalog.write { try $0.removeDownload(sha256: digest) }
        #expect(try catalog.read { try $0.waitingDownloads(book: nil) } == [])
    }

    @Test func `reads text that an app bound as bytes, and takes other types for nothing`() throws {
        let asset = try test.add("a")
        try DatabaseQueue(path: test.path).write {
            try $0.execute(
                sql: "UPDATE file_assets SET sha256 = CAST(sha256 AS BLOB), remote_id = x'FF', width = 'x'")
        }
        let read = try #require(try catalog.read { try $0.assets() }.first)
        #expect(read.sha256 == asset.sha256)
        #expect((read.remoteID, read.width) == (nil, nil))
        var digests: [SHA256Digest] = []
        try catalog.read { try $0.forEachDigest { digests.append($0) } }
        #expect(digests == [asset.sha256])
    }

    @Test func `never turns the last use back`() throws {
        try catalog.write { try $0.touch(assetID: "a") }
        let first = try catalog.read { try $0.lastAccess(of: "a") }
        test.time.advance(milliseconds: -86_400_000 * 3650)
        try catalog.write { try $0.touch(assetID: "a") }
        #expect(try catalog.read { try $0.lastAccess(of: "a") } == first)
    }

    @Test func `takes back everything when a transaction fails`() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try catalog.write { writer in
                try writer.insert(NewAsset(sha256: digest, ext: "png", mime: "image/png", size: 7))
                throw Stop()
            }
        }
        #expect(try catalog.read { try $0.counts() } == expectedEmpty)
    }

    private var expectedEmpty: CatalogCounts {
        var counts = CatalogCounts()
        for status in AssetStatus.allCases { counts.statuses[status] = 0 }
        return counts
    }

    @Test func `reads and writes without blocking`() async throws {
        let digest = digest
        let asset = try await catalog.writeAsync {
            try $0.insert(NewAsset(sha256: digest, ext: "png", mime: "image/png", size: 7))
        }
        #expect(try await catalog.readAsync { try $0.asset(sha256: digest) } == asset)
    }
}
