import GRDB
import Synchronization
import Testing
import TipinFiles

@testable import TipinAssets

struct CatalogUploadsTests {
    private let test: TestCatalog
    private let key = UploadKey(assetID: "a", bookID: "b1", remote: "r")

    init() throws {
        test = try TestCatalog()
        try test.add("a")
    }

    @discardableResult
    private func write<T: Sendable>(_ body: (CatalogWriter) throws -> T) throws -> T { try test.catalog.write(body) }
    private func read<T: Sendable>(_ body: (CatalogReader) throws -> T) throws -> T { try test.catalog.read(body) }
    private func row() throws -> Asset { try #require(try read { try $0.asset(id: "a") }) }
    private func line() throws -> Upload? { try read { try $0.upload(key) } }

    @discardableResult
    private func enqueue(_ book: String = "b1", remote: String = "r") throws -> Bool {
        try write { try $0.enqueueUpload(assetID: "a", bookID: book, remote: remote) }
    }

    private func upload(_ url: String = "https://cdn/1", lease: String? = nil) throws -> Bool {
        try write { try $0.markUploaded(key, remoteID: "id1", remoteURL: url, lease: lease) }
    }

    private func fail(isTransient: Bool = false, lease: String? = nil) throws -> Bool {
        try write {
            try $0.markFailed(key, words: "503", code: "upload-failed", isTransient: isTransient, lease: lease)
        }
    }

    @Test func `goes from local to pending to uploaded`() throws {
        #expect(try line() == nil)
        #expect(try enqueue())
        #expect(try !enqueue())
        #expect(try row().status == .pendingUpload)
        #expect(try line() == Upload(key: key, status: .pendingUpload))
        #expect(try upload())
        #expect(try line() == Upload(key: key, status: .uploaded, remoteID: "id1", remoteURL: "https://cdn/1"))
        let asset = try row()
        #expect((asset.status, asset.remoteID, asset.remoteURL) == (.uploaded, "id1", "https://cdn/1"))
        #expect(try read { try $0.asset(remoteURL: "https://cdn/1")?.id } == "a")
        #expect(try read { try $0.remoteURLs(of: "a") } == ["https://cdn/1"])
        #expect(try !enqueue())
        #expect(try line()?.status == .uploaded)
    }

    @Test func `never takes uploaded away by a failure`() throws {
        try enqueue()
        #expect(try upload())
        #expect(try !fail())
        #expect(try line()?.status == .uploaded)
        #expect(try row().status == .uploaded)
        try enqueue(remote: "second")
        let second = UploadKey(assetID: "a", bookID: "b1", remote: "second")
        #expect(try write { try $0.markFailed(second, words: "x", code: "y", isTransient: false) })
        #expect(try row().status == .uploaded)
    }

    @Test func `keeps a failure until it is put back`() throws {
        try enqueue()
        #expect(try fail())
        #expect(try row().status == .failed)
        #expect(try !enqueue())
        #expect(try line()?.status == .failed)
        #expect(try line()?.lastError == "503")
        #expect(try write { try $0.resetToPending(key) })
        #expect(try line() == Upload(key: key, status: .pendingUpload))
        #expect(try row().status == .pendingUpload)
        #expect(try write { try !$0.resetToPending(key) })
    }

    @Test func `forgets a copy that the remote lost but not what its address meant`() throws {
        try enqueue()
        #expect(try upload())
        #expect(try write { try $0.resetToPending(key) })
        #expect(try line() == Upload(key: key, status: .pendingUpload))
        let asset = try row()
        #expect((asset.status, asset.remoteID, asset.remoteURL) == (.pendingUpload, nil, nil))
        #expect(try read { try $0.asset(remoteURL: "https://cdn/1") } == nil)
        #expect(try read { try $0.asset(sourceURL: "https://cdn/1")?.id } == "a")
    }

    @Test func `changes only the address where only that changed`() throws {
        try enqueue()
        #expect(try write { try !$0.setRemoteURL(key, "https://new/1") })
        #expect(try upload())
        #expect(try write { try $0.setRemoteURL(key, "https://new/1") })
        #expect(try write { try !$0.setRemoteURL(key, "https://new/1") })
        #expect(try row().remoteURL == "https://new/1")
        #expect(try line()?.remoteID == "id1")
        #expect(try read { try $0.asset(sourceURL: "https://cdn/1")?.id } == "a")
    }

    @Test func `takes a copy that the remote has already without a line`() throws {
        #expect(try upload())
        #expect(try line()?.status == .uploaded)
        #expect(try row().status == .uploaded)
        let none = UploadKey(assetID: "none", bookID: "b1", remote: "r")
        #expect(try write { try !$0.markUploaded(none, remoteID: "i", remoteURL: nil) })
    }

    @Test func `shows the app the owner book's copy only`() throws {
        let other = UploadKey(assetID: "a", bookID: "b2", remote: "r")
        try write { try $0.addBook(assetID: "a", bookID: "b2", localPath: "books/b2/x") }
        try enqueue("b2")
        #expect(try row().status == .localOnly)
        #expect(try write { try $0.markUploaded(other, remoteID: "i2", remoteURL: "https://cdn/2") })
        #expect(try row().status == .localOnly)
        #expect(try row().remoteURL == nil)
        #expect(try read { try $0.asset(remoteURL: "https://cdn/2")?.id } == "a")
    }

    @Test func `lists what is to be sent`() throws {
        for name in ["b", "c", "d"] { try test.add(name, book: "b2") }
        #expect(try write { try $0.enqueueUnsent(remote: "r", book: nil) } == 4)
        #expect(try write { try $0.enqueueUnsent(remote: "r", book: nil) } == 0)
        let b = UploadKey(assetID: "b", bookID: "b2", remote: "r")
        let c = UploadKey(assetID: "c", bookID: "b2", remote: "r")
        #expect(try write { try $0.markFailed(b, words: "x", code: "y", isTransient: true) })
        #expect(try write { try $0.markFailed(c, words: "x", code: "y", isTransient: false) })
        let ids = { (transient: Bool, all: Bool, book: String?) in
            try read {
                try $0.pendingUploads(
                    remote: "r", book: book, includeFailedTransient: transient, includeAllFailed: all
                ).map(\.key.assetID)
            }
        }
        #expect(try ids(false, false, nil) == ["a", "d"])
        #expect(try ids(true, false, nil) == ["a", "b", "d"])
        #expect(try ids(false, true, nil) == ["a", "b", "c", "d"])
        #expect(try ids(true, true, "b2") == ["b", "c", "d"])
        #expect(try read { try $0.pendingUploads(remote: "r", limit: 1).count } == 1)
        #expect(try read { try $0.pendingUploads(remote: "other") } == [])
    }

    @Test func `lists first what may be tried first, then what is older`() throws {
        for name in ["b", "c", "d"] {
            test.time.advance(milliseconds: 1000)
            try test.add(name, book: "b2")
            let key = UploadKey(assetID: name, bookID: "b2", remote: "r")
            #expect(try write { try $0.enqueueUpload(assetID: name, bookID: "b2", remote: "r") })
            let later = test.time.clock.now() + 60_000
            if name == "b" { #expect(try write { try $0.postpone(key, words: "x", code: "y", nextAttempt: later) }) }
        }
        try enqueue()
        let ids = { (limit: Int) in
            try read { try $0.pendingUploads(remote: "r", limit: limit).map(\.key.assetID) }
        }
        #expect(try ids(10) == ["c", "a", "d", "b"])
        #expect(try ids(2) == Array(ids(10).prefix(2)))
    }

    /// However many wait.
    @Test func `finds the first that are to be sent without sorting all of them`() throws {
        let statements = Mutex<[String]>([])
        try read { reader in
            reader.database.trace { event in
                if case .statement(let statement) = event { statements.withLock { $0.append(statement.expandedSQL) } }
            }
            _ = try reader.pendingUploads(remote: "r", limit: 3)
            reader.database.trace()
        }
        let sql = try #require(statements.withLock { $0.first { $0.hasPrefix("SELECT asset_id") } })
        let plan = try DatabaseQueue(path: test.path).read { database in
            try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql).map { row -> String in row["detail"] }
        }
        #expect(plan.contains { $0.contains("tipin_uploads_waiting") })
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
    }

    @Test func `puts an attempt off, but not for years`() throws {
        try enqueue()
        let now = test.time.clock.now()
        #expect(
            try write { try $0.postpone(key, words: "x", code: "y", nextAttempt: now + 1_000_000_000_000) })
        #expect(try line()?.nextAttempt == now + 300_000)
        #expect(try line()?.attempts == 1)
        test.time.advance(milliseconds: -86_400_000 * 3650)
        #expect(try line()?.nextAttempt == test.time.clock.now() + 300_000)
        try write { try $0.makeDue(remote: "r") }
        #expect(try line()?.nextAttempt == nil)
        #expect(try row().status == .pendingUpload)
    }

    @Test func `gives a line to one holder at a time`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        #expect(try write { try !$0.takeLease(key, token: "two", seconds: 60) })
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        test.time.advance(milliseconds: 61_000)
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
        #expect(try !upload(lease: "one"))
        #expect(try !fail(lease: "one"))
        #expect(try line()?.status == .pendingUpload)
        #expect(try upload(lease: "two"))
        #expect(try write { try !$0.takeLease(key, token: "three", seconds: 60) })
    }

    @Test func `takes over from a process that is gone`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        let queue = try DatabaseQueue(path: test.path)
        let owner = try #require(
            try queue.read { try String.fetchOne($0, sql: "SELECT lease_owner FROM tipin_uploads") })
        let parts = owner.split(separator: ".")
        let setOwner = { (owner: String) in
            try queue.write { try $0.execute(sql: "UPDATE tipin_uploads SET lease_owner = ?", arguments: [owner]) }
        }
        // Another machine's processes cannot be seen from here.
        try setOwner("0.0.999999999.1")
        #expect(try write { try !$0.takeLease(key, token: "two", seconds: 60) })
        try setOwner("\(parts[0]).\(parts[1]).\(parts[2]).1")
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
        #expect(try !upload(lease: "one"))
    }

    @Test func `gives a lease back`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        try write { try $0.releaseLease(key, token: "two") }
        #expect(try write { try !$0.takeLease(key, token: "two", seconds: 60) })
        try write { try $0.releaseLease(key, token: "one") }
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
    }

    @Test func `does not let a lease live for ever when the clock jumps back`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        test.time.advance(milliseconds: -86_400_000 * 3650)
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
    }

    @Test func `clears the lease when a try is over`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        #expect(try fail(isTransient: true, lease: "one"))
        #expect(try write { try $0.resetToPending(key) })
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
    }

    @Test func `adopts a row that the app made`() throws {
        let digest = SHA256Digest(of: Array("app".utf8))
        try write { writer in
            try writer.insert(
                NewAsset(
                    id: "app", sha256: digest, ext: "png", mime: "image/png", size: 1,
                    localPath: "C:\\data\\books\\b7\\files\\\(digest)\\original.png"))
        }
        let key = UploadKey(assetID: "app", bookID: "b7", remote: "r")
        #expect(try read { try $0.books(of: "app") } == ["b7"])
        #expect(try read { try $0.assets(AssetFilter(book: "b7")).map(\.id) } == ["app"])
        #expect(try read { try $0.upload(key) } == nil)
        #expect(try write { try $0.enqueueUnsent(remote: "r", book: "b7") } == 1)
        #expect(try read { try $0.upload(key)?.status } == .pendingUpload)
        #expect(try read { try $0.asset(id: "app")?.status } == .pendingUpload)
    }

    @Test func `a slow transfer has its lease for hours`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 10_000) })
        test.time.advance(milliseconds: 9_999_000)
        #expect(try write { try !$0.takeLease(key, token: "two", seconds: 60) })
        test.time.advance(milliseconds: 2_000)
        #expect(try write { try $0.takeLease(key, token: "two", seconds: 60) })
    }

    @Test func `a copy that is found there ends nobody's lease`() throws {
        try enqueue()
        #expect(try write { try $0.takeLease(key, token: "one", seconds: 60) })
        #expect(try upload("https://cdn/found"))
        #expect(try line()?.status == .uploaded)
        let queue = try DatabaseQueue(path: test.path)
        let holder = { try queue.read { try String.fetchOne($0, sql: "SELECT lease_token FROM tipin_uploads") } }
        #expect(try holder() == "one")
        #expect(try upload("https://cdn/sent", lease: "one"))
        #expect(try line()?.remoteURL == "https://cdn/sent")
        #expect(try holder() == nil)
    }

    @Test func `a status that only an app knows is not changed by an upload`() throws {
        try enqueue()
        let queue = try DatabaseQueue(path: test.path)
        try queue.write { try $0.execute(sql: "UPDATE file_assets SET status = 'archived'") }
        #expect(try upload())
        let status = try queue.read { try String.fetchOne($0, sql: "SELECT status FROM file_assets") }
        #expect(status == "archived")
    }
}
