import Foundation
import Synchronization
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Clean-up and an import keep each other out for as long as either has something half done (RELIABILITY C6).
struct CleanAndImportTests {
    private let seen = Seen()

    /// What was found at each call.
    private final class Seen: Sendable {
        private let state = Mutex((calls: 0, entered: [String]()))

        var calls: Int { state.withLock { $0.calls } }
        /// The calls at which somebody could come in.
        var entered: [String] { state.withLock { $0.entered } }

        func note(_ operation: FileOperation, _ path: String, isOpen: Bool) {
            state.withLock { state in
                state.calls += 1
                if isOpen { state.entered.append("\(operation) \(path)") }
            }
        }
    }

    private static func touchesStore(_ operation: FileOperation, _ path: String) -> Bool {
        operation != .lock && ["/data/tmp/", "/data/books", "/data/removed", "/book/"].contains { path.contains($0) }
    }

    @Test func `clean-up is refused at every call of an import`() async throws {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"src":"$data1"}"#, #"{"src":"$data2"}"#))
        let (settings, host) = (book.settings, book.host)
        book.host.failpoint = { [seen] operation, path in
            guard Self.touchesStore(operation, path) else { return .proceed }
            do {
                _ = try Workspace(settings, host: host, access: Access(catalog: .cleans))
                seen.note(operation, path, isOpen: true)
            } catch {
                #expect(error.problem.code == .catalogLocked, "\(error)")
                seen.note(operation, path, isOpen: false)
            }
            return .proceed
        }
        #expect(try await book.run(.migrate).status == .success)
        #expect(seen.calls > 10)
        #expect(seen.entered == [])
    }

    @Test func `an import waits at every call of clean-up`() async throws {
        var book = try TestBook(hasRemote: false).drawing
        book.images = HeaderImages()
        try await book.store([Picture(1), Picture(2)])
        let data = book.dataPath
        var later = book.later(hours: 25)
        later.host.failpoint = { [seen] operation, path in
            guard Self.touchesStore(operation, path) else { return .proceed }
            let lock = (try? Folder(opening: data)).flatMap {
                try? FileLock("import.lock", in: $0, exclusive: false, waits: false)
            }
            seen.note(operation, path, isOpen: lock != nil)
            return .proceed
        }
        #expect(try await later.clean().items.count == 2)
        #expect(seen.calls > 10)
        #expect(seen.entered == [])
    }

    @Test func `what was looked at before somebody took it into use stays`() async throws {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        try await book.store([Picture(1)])
        let later = book.later(hours: 25)
        let unused = try later.withCatalog { catalog in
            try catalog.read { reader in
                var found: [UnusedAsset] = []
                try reader.forEachUnusedAsset { found.append($0) }
                return found
            }
        }
        #expect(unused.map(\.id) == [Picture(1).id])
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        // The transaction that removes a row asks once more.
        #expect(try later.withCatalog { try $0.write { try $0.removeUnused(unused[0]) } } == .needed)
        #expect(FileManager.default.fileExists(atPath: book.blobPath(Picture(1))))
    }
}
