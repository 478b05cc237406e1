import Foundation
import GRDB
import Glibc
import Synchronization
import Testing
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

@testable import TipinAssets

/// A catalog that an earlier version made is brought up to date, by whoever opens it first.
struct CatalogMigrationTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/catalog.sqlite" }
    private static let added: Set = ["tipin_uploads_waiting", "tipin_file_asset_links_order"]
    private static let count = 40

    init() throws {
        folder = try TemporaryFolder()
        try make(at: path)
    }

    /// What a program left that knew `tipin-1` and no more.
    private func make(at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try CatalogSchema.migrator.migrate(queue, upTo: "tipin-1")
        try queue.write { database in
            for number in 0..<Self.count {
                let id = "a\(number)"
                try database.execute(
                    sql: """
                        INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, status, created_at, updated_at)
                        VALUES (?, ?, 'png', 'image/png', 7, 'pending_upload', '1', '1')
                        """, arguments: [id, digest(number).description])
                try database.execute(
                    sql: """
                        INSERT INTO file_asset_links (id, asset_id, entity_type, entity_id, role, sort_order,
                            created_at, updated_at)
                        VALUES (?, ?, 'book', 'b1', 'gallery', ?, '1', '1')
                        """, arguments: ["l" + id, id, Self.count - number])
                try database.execute(
                    sql: """
                        INSERT INTO tipin_uploads (asset_id, book_id, remote, status, created_at, updated_at)
                        VALUES (?, 'b1', 'r', 'pending_upload', ?, '1')
                        """, arguments: [id, "\(100 - number)"])
            }
        }
        try queue.close()
    }

    private func digest(_ number: Int) -> SHA256Digest { SHA256Digest(of: Array("\(number)".utf8)) }

    private func applied() throws -> [String] {
        try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "SELECT * FROM grdb_migrations ORDER BY 1") }
    }

    private func indexes() throws -> Set<String> {
        try DatabaseQueue(path: path).read { database in
            try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'index'"))
        }
    }

    private func expectRows(of catalog: Catalog) throws {
        try catalog.read { reader in
            #expect(try reader.assets().count == Self.count)
            for number in 0..<Self.count { #expect(try reader.asset(sha256: digest(number))?.id == "a\(number)") }
            let links = try reader.links(of: .book("b1"), role: "gallery")
            #expect(links.map(\.assetID) == (0..<Self.count).reversed().map { "a\($0)" })
            let pending = try reader.pendingUploads(remote: "r").map(\.key.assetID)
            #expect(pending.count == Self.count)
        }
    }

    @Test(arguments: [CatalogMode.existing, .create])
    func `is brought up to date with its rows`(_ mode: CatalogMode) throws {
        #expect(try applied() == ["tipin-1"])
        #expect(try indexes().isDisjoint(with: Self.added))
        try expectRows(of: try Catalog(path: path, mode: mode))
        #expect(try applied() == ["tipin-1", "tipin-2"])
        #expect(try indexes().isSuperset(of: Self.added))
        // Nothing is left for the next one.
        try expectRows(of: try Catalog(path: path, mode: mode))
        #expect(try applied() == ["tipin-1", "tipin-2"])
    }

    @Test func `is read as it is by whoever only reads`() throws {
        let before = try folder.read("catalog.sqlite")
        try expectRows(of: try Catalog(path: path, mode: .readOnly))
        #expect(try folder.read("catalog.sqlite") == before)
    }

    /// How many of this process's descriptors have the file open.
    private static func descriptors(of path: String) throws -> Int {
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        // One may be closed by another test meanwhile.
        return links.count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == path
        }
    }

    /// Asks again and again, for a minute.
    private static func comesTrue(_ condition: () throws -> Bool) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if try condition() { return true }
            usleep(1000)
        }
        return false
    }

    /// All of them find that something is to be done while another program keeps them from doing it.
    @Test func `is brought up to date once by several at once`() throws {
        let (path, openers) = (path, 6)
        let hasEnded = DispatchSemaphore(value: 0)
        let threads = Mutex<[KernelThread?]>([])
        let failures = Mutex<[String]>([])
        try DatabaseQueue(path: path).inTransaction(.immediate) { _ in
            let descriptors = try Self.descriptors(of: path)
            for number in 0..<openers {
                Thread.detachNewThread {
                    let current = KernelThread.current
                    threads.withLock { $0.append(current) }
                    do {
                        let catalog = try Catalog(path: path, mode: .existing, busySeconds: 60)
                        try catalog.write { try $0.touch(assetID: "a\(number)") }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                    hasEnded.signal()
                }
            }
            // Who has the file open and sleeps waits for the lock.
            let areWaiting = try Self.comesTrue {
                let waiting = threads.withLock { $0.filter { $0?.isAsleep == true } }
                return try waiting.count == openers && Self.descriptors(of: path) == descriptors + openers
            }
            #expect(areWaiting)
            return .commit
        }
        for _ in 0..<openers { hasEnded.wait() }
        #expect(failures.withLock { $0 } == [])
        #expect(try applied() == ["tipin-1", "tipin-2"])
        let catalog = try Catalog(path: path, mode: .existing)
        try expectRows(of: catalog)
        for number in 0..<openers { #expect(try catalog.read { try $0.lastAccess(of: "a\(number)") } != nil) }
    }

    /// As a program that knows `tipin-1` alone sees a catalog of today.
    @Test(arguments: [CatalogMode.existing, .readOnly, .create])
    func `is neither read nor brought up to date where a later version was at it`(_ mode: CatalogMode) throws {
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('tipin-3')")
        }
        let before = try folder.read("catalog.sqlite")
        let error = #expect(throws: CatalogError.self) { try Catalog(path: path, mode: mode) }
        #expect(error == .newer(path: path, migrations: ["tipin-3"]))
        #expect(error?.problem.code == .catalogNewer)
        #expect(try folder.read("catalog.sqlite") == before)
    }
}
