import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Where the catalog and the data folder are, and what happens when they move.
struct CatalogPlaceTests {
    @Test func `the catalog may be the app's file, away from the data folder`() async throws {
        var book = try TestBook(hasRemote: false)
        let path = book.temporary.path + "/app/app.sqlite"
        try FileManager.default.createDirectory(
            atPath: book.temporary.path + "/app", withIntermediateDirectories: true)
        book.settings.catalog = path
        try book.write(Picture(1), to: "1.png")
        try book.write(Chapter.text(#"{"src":"1.png"}"#))
        #expect(try await book.run(.migrate).status == .success)
        #expect(!FileManager.default.fileExists(atPath: book.dataPath + "/catalog.sqlite"))
        let catalog = try Catalog(path: path, mode: .readOnly)
        #expect(try catalog.read { try $0.asset(id: Picture(1).id)?.localPath } == book.blobPath(Picture(1)))
        #expect(try await book.later(hours: 25).clean(documents: [book.path]).words == [])
    }

    @Test func `the first run after the data folder was moved mends the paths`() async throws {
        var book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let moved = book.temporary.path + "/elsewhere"
        try FileManager.default.moveItem(atPath: book.dataPath, toPath: moved)
        book.settings.dataFolder = moved
        let service = AssetService(AssetStore(try book.writing()))
        let reference = try service.fileRef(for: Picture(1).id)
        #expect(reference.localPath == book.blobPath(Picture(1)))
        let path = try book.withCatalog { try $0.read { try $0.asset(id: Picture(1).id)?.localPath } }
        #expect(path == book.blobPath(Picture(1)))
    }

    @Test func `a use within the hour is not written down`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        func use(hours: Int64) throws {
            let service = AssetService(AssetStore(try book.later(hours: hours).writing()))
            _ = try service.fileRef(for: Picture(1).id)
        }
        func lastUse() throws -> Int64? {
            try book.withCatalog { try $0.read { try $0.lastAccess(of: Picture(1).id) } }
        }
        let first = try lastUse()
        try use(hours: 0)
        #expect(try lastUse() == first)
        try use(hours: 2)
        #expect(try #require(try lastUse()) >= #require(first) + 2 * 3_600_000)
        try use(hours: -100)
        #expect(try #require(try lastUse()) >= #require(first) + 2 * 3_600_000)
    }
}
