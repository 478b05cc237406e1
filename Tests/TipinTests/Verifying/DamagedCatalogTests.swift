import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// RELIABILITY F13: whatever happened to the catalog's file, nothing dies of it and it can be made again.
struct DamagedCatalogTests {
    private static let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"

    private func storedBook() async throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.host.jobs = 1
        let manifest = "{" + Chapter.entry(1) + "}"
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: manifest))
        try await book.store([Picture(1), Picture(2)])
        try await book.run(.migrate)
        return book
    }

    /// Reads all that a command could read, and changes something.
    private func use(_ book: TestBook) async throws {
        _ = try await book.verify()
        let catalog = try Catalog(path: book.dataPath + "/catalog.sqlite", mode: .readOnly)
        _ = try catalog.health()
        _ = try catalog.read { reader in
            _ = try reader.pendingUploads(remote: "r")
            _ = try reader.waitingDownloads(book: nil)
            for asset in try reader.assets() {
                _ = try reader.places(of: asset.id)
                _ = try reader.links(toAsset: asset.id)
            }
        }
        try await book.run(.migrate)
    }

    private func expectSaid(_ error: any Error, _ what: String) {
        let problem = error.problem
        #expect([.catalogDamaged, .catalogNewer].contains(problem.code), "\(what): \(error)")
        #expect(ExitStatus(problem.code) == .catalogDamaged)
        #expect(!problem.help.isEmpty)
    }

    @Test func `flipped bytes are survived, and said where they are noticed`() async throws {
        let book = try await storedBook()
        let whole = try book.temporary.read("data/catalog.sqlite")
        var generator = SeededGenerator(seed: 13)
        var said = 0
        for round in 0..<(Self.isLong ? 1000 : 60) {
            var bytes = whole
            // Most of the file is empty pages' rest: the header and the schema are where it hurts.
            let range = round % 2 == 0 ? bytes.count : 3000
            let place = Int.random(in: 0..<range, using: &generator)
            bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            try book.temporary.write(bytes, to: "data/catalog.sqlite")
            do {
                try await use(book)
            } catch {
                said += 1
                expectSaid(error, "byte \(place)")
            }
            do {
                _ = try await book.rebuild()
                try expectUsable(book, "byte \(place)")
            } catch {
                expectSaid(error, "rebuilding after byte \(place) → \(bytes[place])")
                Issue.record("not rebuilt after byte \(place) of \(whole[place]): \(error)")
            }
        }
        #expect(said > 0)
    }

    @Test func `a file cut at any page is survived`() async throws {
        let book = try await storedBook()
        let whole = try book.temporary.read("data/catalog.sqlite")
        for size in stride(from: 0, to: whole.count, by: Self.isLong ? 4096 : 4096 * 5) + [1, 100, whole.count - 1] {
            try book.temporary.write(whole[..<size], to: "data/catalog.sqlite")
            do {
                try await use(book)
            } catch {
                expectSaid(error, "\(size) bytes")
            }
            let report = try await book.rebuild()
            #expect(report.status == .success, "\(size) bytes")
            try expectUsable(book, "\(size) bytes")
        }
    }

    @Test(arguments: [
        [UInt8](repeating: 0, count: 8192), Array("SQLite format 3\0".utf8), Array("#!/bin/sh\n".utf8),
        [UInt8](repeating: 0xFF, count: 100_000),
    ])
    func `garbage is said to be damage`(bytes: [UInt8]) async throws {
        let book = try await storedBook()
        try book.temporary.write(bytes, to: "data/catalog.sqlite")
        let error = await #expect(throws: CatalogError.self) { try await use(book) }
        try expectSaid(#require(error), "garbage")
        #expect(try await book.rebuild().status == .success)
        try expectUsable(book, "garbage")
    }

    /// SQLite takes an empty file for a database, in which clean-up would find no picture known.
    @Test func `an empty file beside pictures is said to be damage`() async throws {
        let book = try await storedBook()
        try book.temporary.write("", to: "data/catalog.sqlite")
        for access in [Access(catalog: .reads), Access(catalog: .cleans), Access(catalog: .writes)] {
            let error = #expect(throws: CatalogError.self) {
                try Workspace(book.settings, host: book.host, access: access).close()
            }
            try expectSaid(#require(error), "an empty file")
            #expect(try book.temporary.read("data/catalog.sqlite") == [])
        }
        #expect(try await book.rebuild().status == .success)
        try expectUsable(book, "an empty file")
    }

    @Test func `a change that was left in the middle stops who only reads, and no command that writes`() async throws {
        let book = try await storedBook()
        try book.leaveChangeUnfinished()
        let reads = Access(catalog: .reads)
        let error = #expect(throws: CatalogError.self) {
            try Workspace(book.settings, host: book.host, access: reads).close()
        }
        #expect(error?.problem.headline == "catalog was left in the middle of a change")
        #expect(error?.problem.help.contains { $0.contains("tipin assets verify") } == true)
        try Workspace.expectStore(book.settings, host: book.host)
        #expect(try await book.verify().status == .success)
        try Workspace(book.settings, host: book.host, access: reads).close()
        #expect(try book.withCatalog { try $0.read { try $0.assets().allSatisfy { !$0.updatedAt.contains("later") } } })
    }

    /// What an app keeps beside the two tables goes with the file, so the file stays where it is.
    @Test(arguments: [false, true]) func `an app's file that lacks a column is not moved aside`(
        isNamed: Bool
    ) async throws {
        var book = try await storedBook()
        try book.execute("ALTER TABLE file_assets DROP COLUMN width")
        if isNamed {
            try FileManager.default.moveItem(
                atPath: book.dataPath + "/catalog.sqlite", toPath: book.temporary.path + "/app.sqlite")
            book.settings.catalog = book.temporary.path + "/app.sqlite"
        } else {
            try book.execute("CREATE TABLE chapters (id TEXT PRIMARY KEY)")
        }
        let path = book.settings.catalog ?? book.dataPath + "/catalog.sqlite"
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let used = await #expect(throws: CatalogError.self) { try await book.run(.migrate) }
        #expect(used?.problem.headline == "catalog lacks a table or a column")
        #expect(used?.problem.notes.contains { $0.contains("width") } == true)
        let refused = await #expect(throws: CatalogError.self) { try await book.rebuild() }
        guard case .notOurs(_, let words, let tables) = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
        #expect(words.contains("width"))
        #expect(tables == (isNamed ? [] : ["chapters"]))
        try expectSaid(#require(refused), "an app's file")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func `a catalog of tipin's own that lacks a column is made again`() async throws {
        let book = try await storedBook()
        try book.execute("ALTER TABLE file_assets DROP COLUMN width")
        let report = try await book.rebuild()
        #expect(report.rebuilt?.movedTo != nil)
        try expectUsable(book, "a lacking column")
    }

    private func expectUsable(_ book: TestBook, _ what: String) throws {
        let catalog = try Catalog(path: book.dataPath + "/catalog.sqlite", mode: .existing)
        #expect(try catalog.health().isWhole, "\(what)")
        let digests = try catalog.read { try $0.assets().map(\.sha256.description) }
        #expect(Set([Picture(1).sha256]).isSubset(of: digests), "\(what)")
    }
}
