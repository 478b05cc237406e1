import Foundation
import Testing
import TipinAssets
import TipinDocument
import TipinFiles
import TipinSync

@testable import Tipin

/// Many files at a time are imported as each of them would be.
struct SeveralFilesTests {
    private let app: AppFolder
    private let service: AssetService
    private let store: AssetStore

    init() throws {
        app = try AppFolder()
        store = try AssetStore(app.configuration(remote: app.remote))
        service = AssetService(store)
    }

    private func gallery(_ order: Int) -> ImportContext {
        var context = ImportContext(entity: Entity(type: .book, id: "b1"), role: .gallery, bookId: "b1")
        context.sortOrder = order
        return context
    }

    /// What became of each file, in the order in which it was told.
    private func imported(_ paths: [String]) async throws -> [Result<AddedAsset, TipinError>] {
        var outcomes: [Result<AddedAsset, TipinError>] = []
        try await service.importLocalFiles(paths.enumerated().map { ($1, gallery($0)) }) { index, outcome in
            #expect(index == outcomes.count)
            outcomes.append(outcome)
        }
        return outcomes
    }

    @Test func `they come back in order, and a bad one stops none of the others`() async throws {
        // More than go together.
        var paths = try (0..<70).map { try app.picture($0 % 20) }
        paths[3] = app.path + "/missing.png"
        paths[68] = try app.file(Array("no picture".utf8), "text.png")
        let outcomes = try await imported(paths)
        #expect(outcomes.count == paths.count)
        for (index, outcome) in outcomes.enumerated() {
            switch (index, outcome) {
            case (3, .failure(let error)): #expect(error.code == "asset-missing")
            case (68, .failure(let error)): #expect(error.code == "not-an-image")
            case (_, .success(let added)):
                let single = try await service.importBytes(Picture(index % 20).bytes, gallery(index)).reference
                #expect(added.reference.assetId == single.assetId)
                #expect(app.bytes(at: added.reference.localPath) == Picture(index % 20).bytes)
            default: Issue.record("\(index): \(outcome)")
            }
        }
        let ids = Set(outcomes.compactMap { try? $0.get().reference.assetId })
        #expect(ids.count == 20)
    }

    @Test func `each gets its link and waits to be sent`() async throws {
        let outcomes = try await imported(try [1, 2, 1].map { try app.picture($0) })
        let ids = try outcomes.map { try $0.get().reference.assetId }
        #expect(ids[0] == ids[2])
        let catalog = try #require(store.workspace.catalog)
        let links = try catalog.read { try $0.links(of: Entity(type: .book, id: "b1"), role: "gallery") }
        #expect(links.map(\.assetID) == [ids[1], ids[0]])
        #expect(links.map(\.sortOrder) == [1, 2])
        let remote = try #require(store.workspace.remote)
        let pending = try catalog.read { try $0.pendingUploads(remote: remote.name.rawValue) }
        #expect(Set(pending.map(\.key.assetID)) == Set(ids))
    }

    /// More than go into the catalog together, and more than are told together as used.
    @Test func `many are all added, with their roles and tags and in their order`() async throws {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        // However long it takes: a use that was noted a minute ago is noted again.
        let now = WallClock.system.now()
        book.host.clock = WallClock { now }
        let numbers = Array((0..<560).reversed())
        for number in numbers { try book.write(Picture(number), to: "\(number).png") }
        let store = AssetStore(try book.writing())
        let entity = Entity(type: .book, id: "b1")
        var context = ImportContext(entity: entity, role: .gallery, bookId: "b1")
        context.tags = ["a", "b"]
        let files = numbers.map { (path: "\(book.path)/\($0).png", context: context) }
        func added() async throws -> [AddedAsset] {
            var added: [AddedAsset] = []
            try await AssetService(store).importLocalFiles(files) { index, outcome in
                #expect(index == added.count)
                if let asset = try? outcome.get() { added.append(asset) }
            }
            return added
        }
        let first = try await added()
        #expect(first.map(\.reference.sha256) == numbers.map { Picture($0).sha256 })
        #expect(first.allSatisfy { $0.reference.role == .gallery && $0.warnings.isEmpty })
        func links() throws -> [AssetLink] {
            try book.withCatalog { try $0.read { try $0.links(of: entity, role: "gallery") } }
        }
        let made = try links()
        #expect(made.map(\.assetID) == numbers.map { Picture($0).id })
        #expect(made.map(\.sortOrder) == Array(0..<560))
        #expect(made.allSatisfy { $0.tags == ["a", "b"] })
        for number in numbers {
            #expect(FileManager.default.contents(atPath: book.blobPath(Picture(number))) == Data(Picture(number).bytes))
        }
        // Once more changes nothing, not one byte of the catalog.
        let catalog = FileManager.default.contents(atPath: book.dataPath + "/catalog.sqlite")
        #expect(try await added().map(\.reference) == first.map(\.reference))
        #expect(try links() == made)
        #expect(FileManager.default.contents(atPath: book.dataPath + "/catalog.sqlite") == catalog)
    }

    @Test func `none is none`() async throws {
        #expect(try await imported([]).isEmpty)
    }
}
