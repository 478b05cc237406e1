import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// `assets verify --rebuild`: the catalog again from blobs and documents.
struct CatalogRebuildTests {
    private func published() async throws -> TestBook {
        var book = try TestBook()
        book.images = HeaderImages()
        try book.write(#"{"id":"b1","title":"T","coverImage":"one.png"}"#, to: "book.json")
        try book.write(Picture(1), to: "one.png")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, #"{"src":"one.png"}"#))
        // An id of the document's own, and one that the whole book uses.
        try book.write(
            Chapter.text(
                #"{"assetId":"mine"}"#, id: "c2",
                manifest: #"{"mine":{"assetId":"mine","sha256":"$sha3","role":"attachment"}}"#), to: "c2.json")
        try book.temporary.write(Picture(3).bytes, to: "attic/3.png")
        let attic = book.temporary.path + "/attic"
        #expect(try await book.run(.publish) { $0.searchFolders = [attic] }.status == .success)
        return book
    }

    /// What the catalog says, without times.
    private func facts(_ book: TestBook) throws -> [String] {
        try book.withCatalog { catalog in
            try catalog.read { reader in
                try reader.assets().flatMap { asset -> [String] in
                    let row = "\(asset.sha256) \(asset.mime) \(asset.size) \(asset.width ?? 0) \(asset.status)"
                    let uploads = try reader.uploads(of: asset.id).map {
                        "\(asset.sha256) \($0.key.bookID) \($0.status) \($0.remoteURL ?? "")"
                    }
                    let links = try reader.links(toAsset: asset.id).flatMap { link in
                        try reader.marks(of: link.id).map {
                            "\(asset.sha256) \(link.entity.type.rawValue) \(link.entity.id) \(link.role) \($0.kind) \($0.document)"
                        }
                    }
                    return [row] + uploads + links
                }
            }
        }.sorted()
    }

    @Test func `a lost catalog is made again`() async throws {
        let book = try await published()
        let before = try facts(book)
        #expect(before.count > 8)
        try FileManager.default.removeItem(atPath: book.dataPath + "/catalog.sqlite")
        let report = try await book.rebuild()
        #expect(report.status == .success)
        #expect(report.rebuilt?.assets == 3 && report.rebuilt?.uploads == 3)
        #expect(report.rebuilt?.movedTo == nil)
        #expect(try facts(book) == before)
        // The whole book calls it so, and nothing else: the row has that id, and nodes that have no more find it.
        #expect(
            try book.withCatalog { catalog in try catalog.read { try $0.asset(id: "mine")?.sha256.description } }
                == Picture(3).sha256)
        // A second time there is nothing to tell, and documents are right as they are.
        let again = try await book.rebuild()
        #expect(again.rebuilt?.assets == 0 && again.rebuilt?.uploads == 0)
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test func `a damaged catalog is moved aside and made again`() async throws {
        let book = try await published()
        let before = try facts(book)
        let garbage = [UInt8](repeating: 0x55, count: 5000)
        try book.temporary.write(garbage, to: "data/catalog.sqlite")
        let report = try await book.rebuild()
        let moved = try #require(report.rebuilt?.movedTo)
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: moved))) == garbage)
        #expect(try facts(book) == before)
    }

    @Test func `a catalog that is whole keeps what only it knows`() async throws {
        let book = try await published()
        let entity = Entity(type: .world, id: "w1")
        try book.withCatalog { catalog in
            _ = try catalog.write { try $0.link(LinkSpec(assetID: Picture(1).id, entity: entity, role: "map")) }
        }
        try book.temporary.write(Picture(7).bytes, to: "data/books/b1/files/\(Picture(7).sha256)/original.png")
        let report = try await book.rebuild()
        #expect(report.rebuilt?.assets == 1)
        #expect(try book.withCatalog { catalog in try catalog.read { try $0.links(of: entity).count } } == 1)
    }

    @Test func `damaged blobs and folders of unknown books are named and get no row`() async throws {
        let book = try await published()
        try FileManager.default.removeItem(atPath: book.dataPath + "/catalog.sqlite")
        try book.spoil(Picture(2), with: Picture(4).bytes)
        let long = String(repeating: "x", count: 100) + "~" + String(repeating: "0", count: 32)
        try book.temporary.write(Picture(5).bytes, to: "data/books/\(long)/files/\(Picture(5).sha256)/original.png")
        let report = try await book.rebuild { $0.documents = [] }
        #expect(report.rebuilt?.assets == 2)
        #expect(Set(report.codes) == ["blob-damaged", "blob-without-row", "book-unknown"])
        #expect(Array(book.setAside.values) == [Picture(4).bytes])
    }

    @Test func `a copy that the remote does not have is not believed`() async throws {
        let book = try await published()
        try FileManager.default.removeItem(atPath: book.dataPath + "/catalog.sqlite")
        try FileManager.default.removeItem(atPath: book.remoteFile(Picture(1)))
        let report = try await book.rebuild()
        #expect(report.rebuilt?.uploads == 2)
        #expect(
            try book.withCatalog { catalog in try catalog.read { try $0.asset(id: Picture(1).id)?.status } }
                == .pendingUpload)
    }

    @Test func `nobody else may have the store open meanwhile`() async throws {
        let book = try await published()
        try book.temporary.write("garbage", to: "data/catalog.sqlite")
        let folder = try DataFolder(path: book.dataPath, creates: false)
        let lock = try folder.importLock()
        let error = await #expect(throws: CatalogError.self) { try await book.rebuild() }
        #expect(error == .locked(path: book.dataPath + "/catalog.sqlite"))
        extendLifetime(lock)
        #expect(try book.temporary.read("data/catalog.sqlite") == Array("garbage".utf8))
    }
}
