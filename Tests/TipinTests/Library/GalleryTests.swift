import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Galleries, replacements and streams as an app uses them.
struct GalleryTests {
    private let app: AppFolder
    private let service: AssetService
    private static let book = Entity(type: .book, id: "b1")

    init() throws {
        app = try AppFolder()
        service = AssetService(try AssetStore(app.configuration()))
    }

    private func add(_ number: Int, order: Int? = nil, tags: [String] = []) async throws -> String {
        var context = ImportContext(entity: Self.book, role: .gallery, bookId: "b1", tags: tags)
        context.sortOrder = order
        return try await service.importLocalFile(try app.picture(number), context).reference.assetId
    }

    @Test func `a gallery is sorted by hand`() async throws {
        var ids: [String] = []
        for number in 0..<4 { ids.append(try await add(number, order: number)) }
        #expect(
            try service.orderAssets([ids[3], ids[1]], of: Self.book, role: .gallery) == [
                ids[3], ids[1], ids[0], ids[2],
            ]
        )
        #expect(try service.orderAssets([], of: Self.book, role: .gallery) == [ids[3], ids[1], ids[0], ids[2]])
        for (named, code) in [([ids[0], "nobody"], "link-missing"), ([ids[0], ids[0]], "usage")] {
            let error = #expect(throws: TipinError.self) {
                try service.orderAssets(named, of: Self.book, role: .gallery)
            }
            #expect(error?.code == code)
        }
    }

    @Test func `ids that look alike and have other bytes are told apart`() throws {
        let ids = ["caf\u{E9}", "cafe\u{301}"]
        let catalog = try Catalog(path: app.path + "/data/catalog.sqlite", mode: .existing)
        try catalog.write { writer in
            for (number, id) in ids.enumerated() {
                let digest = SHA256Digest(of: Picture(number).bytes)
                try writer.insert(NewAsset(id: id, sha256: digest, ext: "png", mime: "image/png", size: 1))
                try writer.link(LinkSpec(assetID: id, entity: Self.book, role: "gallery", sortOrder: number))
            }
        }
        let turned = try service.orderAssets(ids.reversed(), of: Self.book, role: .gallery)
        #expect(turned.map(ByteKey.init) == ids.reversed().map(ByteKey.init))
        #expect(try service.unlinkAsset(ids[1], from: Self.book, role: .gallery))
        let error = #expect(throws: TipinError.self) {
            try service.orderAssets(ids, of: Self.book, role: .gallery)
        }
        #expect(error?.code == "link-missing")
        #expect(error?.notes.first?.hasFirstBytes(of: "'\(ids[1])'") == true)
    }

    @Test func `what is added again keeps its place, and what is new comes last`() async throws {
        var ids: [String] = []
        for number in 0..<3 { ids.append(try await add(number)) }
        try service.orderAssets([ids[2], ids[0], ids[1]], of: Self.book, role: .gallery)
        #expect(try await add(1) == ids[1])
        let new = try await add(7)
        #expect(
            try service.orderAssets([], of: Self.book, role: .gallery) == [ids[2], ids[0], ids[1], new])
    }

    @Test func `a replacement takes the old one's place in the gallery`() async throws {
        var ids: [String] = []
        for number in 0..<3 { ids.append(try await add(number, order: number)) }
        let context = ImportContext(entity: Self.book, role: .gallery, bookId: "b1")
        let new = try await service.replaceAsset(ids[1], with: try app.picture(7), context).reference
        #expect(try service.orderAssets([], of: Self.book, role: .gallery) == [ids[0], new.assetId, ids[2]])
        let same = try await service.replaceAsset(new.assetId, with: try app.picture(7), context).reference
        #expect(same.assetId == new.assetId)
        #expect(try service.orderAssets([], of: Self.book, role: .gallery) == [ids[0], new.assetId, ids[2]])
    }

    @Test func `a replacement that is no picture changes nothing`() async throws {
        let old = try await add(1)
        let context = ImportContext(entity: Self.book, role: .gallery, bookId: "b1")
        let text = try app.file(Array("no picture".utf8))
        await #expect(throws: TipinError.self) { try await service.replaceAsset(old, with: text, context) }
        #expect(try service.orderAssets([], of: Self.book, role: .gallery) == [old])
    }

    @Test func `a stream becomes an asset like its bytes`() async throws {
        let context = ImportContext(entity: Self.book, role: .cover, bookId: "b1")
        let bytes = Picture(1).bytes
        let pieces = AsyncStream<[UInt8]> { stream in
            for start in stride(from: 0, to: bytes.count, by: 10) {
                stream.yield(Array(bytes[start..<min(start + 10, bytes.count)]))
            }
            stream.finish()
        }
        let reference = try await service.importStream(pieces, size: bytes.count, context).reference
        #expect(reference.sha256 == Picture(1).sha256)
        #expect(app.bytes(at: reference.localPath) == bytes)
        let cut = AsyncStream<[UInt8]> { stream in
            stream.yield(Array(bytes.dropLast()))
            stream.finish()
        }
        let error = await #expect(throws: TipinError.self) {
            try await service.importStream(cut, size: bytes.count, context)
        }
        #expect(error?.code == "image-damaged")
        #expect(error?.isTransient == true)
    }
}
