import Foundation
import Synchronization
import Testing
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Lets each state-changing call fail once, and looks at what is left.
struct BlobFaultTests {
    private let bytes = Pictures.png("picture")
    private var digest: SHA256Digest { SHA256Digest(of: bytes) }

    /// How many calls one import makes where nothing fails.
    private func callsOfOneImport() async throws -> Int {
        let seen = Seen()
        try await Workshop(failpoint: seen.failpoint).add(bytes)
        return seen.all.count
    }

    @Test(arguments: [EIO, ENOSPC])
    func `names nothing that is not durable, and comes right when run again`(number: Int32) async throws {
        let calls = try await callsOfOneImport()
        #expect(calls > 12)
        for call in 1...calls {
            let temporary = try TemporaryFolder()
            let seen = Seen(failing: (call, number))
            var thrown: (any Error)?
            do {
                try await Workshop(in: temporary, failpoint: seen.failpoint).add(bytes)
            } catch {
                thrown = error
            }
            let failed = try #require(seen.all.dropFirst(call - 1).first)
            #expect(thrown is BlobError || thrown is DataFolderError, "call \(call), \(failed)")
            if number == ENOSPC { #expect((thrown as? any DiagnosticConvertible)?.problem.code == .diskFull) }
            try checkNothingIsNamed(temporary, seen, failed)
            try await checkRunningAgain(temporary)
        }
    }

    private func checkNothingIsNamed(_ temporary: TemporaryFolder, _ seen: Seen, _ failed: Seen.Call) throws {
        let path = temporary.path + "/data/catalog.sqlite"
        if FileManager.default.fileExists(atPath: path) {
            let catalog = try Catalog(path: path, mode: .readOnly)
            #expect(try catalog.read { try $0.assets() } == [], "\(failed)")
        }
        // A file whose sync failed must go without having got its name.
        if failed.operation == .sync || failed.operation == .write {
            #expect(seen.paths(.rename) == [])
            #expect(seen.paths(.removeFile) == [failed.path])
        }
    }

    private func checkRunningAgain(_ temporary: TemporaryFolder) async throws {
        let workshop = try Workshop(in: temporary)
        let imported = try await workshop.add(bytes)
        #expect(try workshop.store.isWhole(imported.relativePath, digest))
        #expect(try workshop.folder.root.status(of: imported.relativePath)?.mode == 0o400)
        #expect(try workshop.catalog.read { try $0.assets().map(\.sha256) } == [digest])
        #expect(try workshop.temporaries() == [])
        #expect(try workshop.folder.root.names(in: "bad") == [])
    }

    @Test func `tells the catalog only when every name is durable`() async throws {
        let temporary = try TemporaryFolder()
        let books = temporary.path + "/data/books"
        let fails = Mutex(true)
        let failpoint: Failpoint = { operation, path in
            let isLast = operation == .syncFolder && path == books
            return isLast && fails.withLock { $0 } ? .fail(errno: EIO) : .proceed
        }
        let workshop = try Workshop(in: temporary, failpoint: failpoint)
        let prepared = try await workshop.importer.prepare(bytes, book: "b1")
        #expect(try workshop.store.isWhole(prepared.relativePath, digest))
        #expect(throws: BlobError.self) { try workshop.importer.commit([prepared], remote: nil) }
        #expect(try workshop.catalog.read { try $0.assets() } == [])
        fails.withLock { $0 = false }
        #expect(try workshop.importer.commit([prepared], remote: nil).map(\.wasKnown) == [false])
    }

    @Test func `writes on after short writes`() async throws {
        let temporary = try TemporaryFolder()
        let failpoint: Failpoint = { operation, _ in operation == .write ? .shorten(to: 1) : .proceed }
        let workshop = try Workshop(in: temporary, failpoint: failpoint)
        let imported = try await workshop.add(bytes)
        #expect(try workshop.store.isWhole(imported.relativePath, digest))
    }
}
