import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDocument
import TipinFiles
import TipinTestSupport

/// A PDF is kept and never shown as a picture, whichever way it comes.
struct PictureRoleTests {
    private let app: AppFolder
    private let service: AssetService
    private static let book = Entity(type: .book, id: "b1")
    private static let cover = ImportContext(entity: book, role: .cover, bookId: "b1")
    private static let attachment = ImportContext(entity: book, role: .attachment, bookId: "b1")

    init() throws {
        app = try AppFolder()
        var settings = Settings()
        settings.dataFolder = app.path + "/data"
        settings.importLimits.allowed.insert(.pdf)
        let host = Tipin.Host(workingFolder: app.path, imageWorker: app.imageWorker)
        service = AssetService(
            AssetStore(try Workspace(settings, host: host, access: Access(catalog: .writes))))
    }

    private func pdf() throws -> String { try app.file(Array("%PDF-1.7\n%%EOF".utf8), "page.pdf") }

    private func expectRefusal(_ body: () async throws -> Void) async {
        let error = await #expect(throws: TipinError.self) { try await body() }
        #expect(error?.code == "type-not-allowed")
    }

    @Test func `adding one as a cover is refused and stores nothing`() async throws {
        let pdf = try pdf()
        await expectRefusal { _ = try await service.importLocalFile(pdf, Self.cover) }
        try await service.importLocalFiles([(pdf, Self.cover)]) { _, outcome in
            #expect(throws: TipinError.self) { try outcome.get() }
        }
        #expect(!FileManager.default.fileExists(atPath: app.path + "/data/books"))
    }

    @Test func `linking one as a cover is refused`() async throws {
        let id = try await service.importLocalFile(try pdf(), Self.attachment).reference.assetId
        await expectRefusal { try service.linkAsset(id, to: Self.book, role: .cover) }
        try service.linkAsset(id, to: Self.book, role: .lore)
    }

    @Test func `putting one in the place of a cover is refused`() async throws {
        let old = try await service.importLocalFile(try app.picture(1), Self.cover).reference.assetId
        let pdf = try pdf()
        await expectRefusal { _ = try await service.replaceAsset(old, with: pdf, Self.cover) }
        await expectRefusal {
            _ = try await service.replaceAsset(old, with: pdf, in: Self.book, role: .cover, bookID: nil)
        }
        await expectRefusal {
            _ = try await service.replaceAsset(old, with: pdf, in: nil, role: nil, bookID: nil)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: app.path + "/data/books/b1/files")
        #expect(names == [Picture(1).sha256])
    }

    @Test func `what is to be looked at comes back from every way in`() async throws {
        let named = try app.file(Picture(1).bytes, "named.jpg")
        let added = try await service.importLocalFile(named, Self.cover)
        #expect(added.warnings.map(\.code) == ["type-mismatch"])
        let replaced = try await service.replaceAsset(
            added.reference.assetId, with: named, in: nil, role: nil, bookID: nil)
        #expect(replaced.warnings.map(\.code) == ["type-mismatch"])
        #expect(replaced.reference.assetId == added.reference.assetId)
    }

    @Test func `a link without a name is refused`() async throws {
        let picture = try app.picture(1)
        for context in [
            ImportContext(entity: Self.book, role: AssetRole(rawValue: ""), bookId: "b1"),
            ImportContext(entity: Entity(type: EntityType(rawValue: ""), id: "x"), role: .cover, bookId: "b1"),
        ] {
            let error = await #expect(throws: TipinError.self) {
                try await service.importLocalFile(picture, context)
            }
            #expect(error?.code == "usage")
        }
    }
}
