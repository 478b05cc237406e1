import Testing
import Tipin

/// The library as an app uses it (PRD 15): nothing but its public interface.
struct LibraryTests {
    private let app: AppFolder
    private static let book = Entity(type: .book, id: "b1")
    private static let cover = ImportContext(entity: book, role: .cover, bookId: "b1")

    init() throws { app = try AppFolder() }

    private func store(_ data: String = "data", remote: Bool = true) throws -> AssetStore {
        try AssetStore(app.configuration(data, remote: remote ? app.remote : nil))
    }

    private static func attachment(_ chapter: String = "c1") -> ImportContext {
        ImportContext(entity: Entity(type: .chapter, id: chapter), role: .attachment, bookId: "b1")
    }

    // MARK: Unit

    @Test func `hash is that of the bytes`() throws {
        let path = try app.file(Array("abc".utf8))
        let digest = try AssetService.sha256(ofFile: path)
        #expect(digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try AssetService.sha256(ofFile: path) == digest)
    }

    @Test func `the same bytes are the same asset`() async throws {
        let service = AssetService(try store())
        let first = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        let second = try await service.importLocalFile(try app.file(Picture(1).bytes, "copy.png"), Self.attachment())
            .reference
        #expect(second.assetId == first.assetId)
        #expect(second.sha256 == first.sha256)
        #expect((first.role, second.role) == (.cover, .attachment))
        #expect(second.localPath == first.localPath)
    }

    @Test func `two stores give the same bytes the same id`() async throws {
        let here = try await AssetService(try store()).importLocalFile(try app.picture(1), Self.cover).reference
        let there = try await AssetService(try store("other")).importBytes(Picture(1).bytes, Self.cover).reference
        #expect(there.assetId == here.assetId)
    }

    @Test func `many imports of one picture at a time are one asset`() async throws {
        let service = AssetService(try store())
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try await service.importBytes(Picture(number % 2).bytes, Self.attachment("c\(number)")).reference
                        .assetId
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 2)
    }

    @Test func `an entity has one cover`() async throws {
        let service = AssetService(try store())
        let first = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        let second = try await service.importLocalFile(try app.picture(2), Self.cover).reference
        #expect(try !service.unlinkAsset(first.assetId, from: Self.book, role: .cover))
        #expect(try service.unlinkAsset(second.assetId, from: Self.book, role: .cover))
        #expect(try !service.unlinkAsset(second.assetId, from: Self.book, role: .cover))
    }

    @Test func `what a picture is comes from its bytes`() async throws {
        let service = AssetService(try store())
        let image = try await service.probe(try app.file(Picture(1).bytes, "wrong.jpg"))
        #expect(image.mime == "image/png")
        #expect((image.width, image.height, image.frames) == (Picture.width, Picture.height, 1))
        #expect(!image.hasAlpha)
        #expect(!image.hasPosition)
        #expect(image.sha256 == Picture(1).sha256)
        #expect(try await service.probe(try app.file(Picture(positioned: 1).bytes, "gps.png")).hasPosition)
    }

    @Test func `a position is taken out on the way in`() async throws {
        let service = AssetService(try store())
        let reference = try await service.importBytes(Picture(positioned: 1).bytes, Self.cover).reference
        #expect(reference.sha256 == Picture(1).sha256)
        #expect(app.bytes(at: reference.localPath) == Picture(1).bytes)
    }

    // MARK: Refusals

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String { code }
        let code: String
        let bytes: [UInt8]
    }

    static let refusals = [
        Refusal(code: "not-an-image", bytes: Array("hello".utf8)),
        Refusal(code: "svg-refused", bytes: Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
        Refusal(code: "image-damaged", bytes: Array(Picture(1).bytes.dropLast(20))),
        Refusal(code: "type-not-allowed", bytes: Array("%PDF-1.7\n".utf8)),
        Refusal(code: "asset-too-large", bytes: Picture(1).bytes + [UInt8](repeating: 0, count: 1 << 20)),
    ]

    @Test(arguments: refusals) func `a file that is no usable picture is refused`(_ refusal: Refusal) async throws {
        var configuration = app.configuration()
        configuration.maxUploadMB = 1
        let service = AssetService(try AssetStore(configuration))
        let path = try app.file(refusal.bytes)
        let error = await #expect(throws: TipinError.self) { try await service.importLocalFile(path, Self.cover) }
        #expect(error?.code == refusal.code)
        #expect(error?.isTransient == false)
        #expect(error?.message.isEmpty == false)
    }

    @Test func `an asset that nobody knows is an error`() throws {
        let service = AssetService(try store())
        let error = #expect(throws: TipinError.self) { try service.fileRef(for: "nothing") }
        #expect(error?.code == "asset-unknown")
    }

    @Test func `a file that does not exist is an error`() async throws {
        let service = AssetService(try store())
        await #expect(throws: TipinError.self) {
            try await service.importLocalFile(app.path + "/nothing.png", Self.cover)
        }
        #expect(throws: TipinError.self) { try AssetService.sha256(ofFile: app.path + "/nothing.png") }
    }

    @Test func `a remote whose name means nothing is an error`() throws {
        let error = #expect(throws: TipinError.self) {
            try AssetStore(app.configuration(remote: "ftp://x"))
        }
        #expect(error?.code == "no-remote")
    }

    // MARK: Offline and online

    @Test func `an offline import renders from its local path`() async throws {
        let service = AssetService(try store(remote: false))
        let reference = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        #expect(reference.remoteUrl == nil)
        #expect((reference.mime, reference.width, reference.height) == ("image/png", Picture.width, Picture.height))
        #expect(app.bytes(at: reference.localPath) == Picture(1).bytes)
        #expect(reference.localPath?.hasPrefix(app.path + "/data/books/b1/files/\(reference.sha256)/original.") == true)
        #expect(service.resolveSource(of: reference) == reference.localPath)
    }

    @Test func `nothing can be uploaded without a remote`() async throws {
        let engine = SyncEngine(try store(remote: false))
        let error = await #expect(throws: TipinError.self) { try await engine.uploadPending() }
        #expect(error?.code == "no-remote")
    }

    @Test func `what waits is uploaded and gets its address`() async throws {
        let store = try store()
        let (service, engine) = (AssetService(store), SyncEngine(store))
        let offline = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        #expect(offline.remoteUrl == nil)
        let result = try await engine.uploadPending(bookID: "b1")
        #expect(result.uploaded == [offline.assetId])
        #expect(result.failures.isEmpty)
        let online = try service.fileRef(for: offline.assetId, role: .cover)
        let url = try #require(online.remoteUrl)
        #expect(url == "https://cdn.example/books/b1/\(offline.sha256).png")
        #expect(service.resolveSource(of: offline) == url)
        #expect(service.resolveSource(of: offline, .preferLocal) == offline.localPath)
        #expect(try await engine.uploadPending().uploaded.isEmpty)
    }

    @Test func `an import made without a remote is uploaded once there is one`() async throws {
        let reference = try await AssetService(try store(remote: false)).importLocalFile(try app.picture(1), Self.cover)
            .reference
        #expect(try await SyncEngine(try store()).uploadPending().uploaded == [reference.assetId])
    }

    @Test func `only the book that was asked for is uploaded`() async throws {
        let store = try store()
        let service = AssetService(store)
        let one = try await service.importBytes(Picture(1).bytes, Self.cover).reference
        let other = ImportContext(entity: Entity(type: .book, id: "b2"), role: .cover, bookId: "b2")
        let two = try await service.importBytes(Picture(2).bytes, other).reference
        #expect(try await SyncEngine(store).uploadPending(bookID: "b2").uploaded == [two.assetId])
        #expect(try await SyncEngine(store).uploadPending().uploaded == [one.assetId])
    }

    @Test func `a second device renders from the remote, then from its cache`() async throws {
        let first = try store()
        var reference = try await AssetService(first).importLocalFile(try app.picture(1), Self.cover).reference
        _ = try await SyncEngine(first).uploadPending()
        reference = try AssetService(first).fileRef(for: reference.assetId, role: .cover)
        reference.localPath = nil

        let second = try store("second")
        let service = AssetService(second)
        #expect(service.resolveSource(of: reference) == reference.remoteUrl)
        #expect(service.resolveSource(of: reference, .preferLocal) == reference.remoteUrl)
        let cached = try await SyncEngine(second).cacheRemoteIfMissing(reference, bookID: "b1")
        #expect(cached.localPath?.hasPrefix(app.path + "/second/") == true)
        #expect(app.bytes(at: cached.localPath) == Picture(1).bytes)
        #expect(service.resolveSource(of: reference, .preferLocal) == cached.localPath)
        #expect(try await SyncEngine(second).uploadPending().uploaded.isEmpty, "the remote has it already")
        // Offline now: nothing more is asked for.
        try app.remove(app.path + "/cdn/b1/\(reference.sha256).png")
        #expect(try await SyncEngine(second).cacheRemoteIfMissing(reference, bookID: "b1") == cached)
    }

    @Test func `a local file that is missing is fetched again`() async throws {
        let store = try store()
        let service = AssetService(store)
        let imported = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        _ = try await SyncEngine(store).uploadPending()
        try app.remove(imported.localPath)
        let online = try service.fileRef(for: imported.assetId, role: .cover)
        #expect(online.localPath == nil)
        #expect(service.resolveSource(of: imported, .preferLocal) == online.remoteUrl)
        let again = try await SyncEngine(store).cacheRemoteIfMissing(online, bookID: "b1")
        #expect(again.localPath == imported.localPath)
        #expect(app.bytes(at: again.localPath) == Picture(1).bytes)
    }

    @Test func `what is nowhere has no source`() async throws {
        let store = try store()
        let reference = FileRef(assetId: "lost", sha256: Picture(1).sha256, role: .map)
        #expect(AssetService(store).resolveSource(of: reference) == nil)
        let error = await #expect(throws: TipinError.self) {
            try await SyncEngine(store).cacheRemoteIfMissing(reference, bookID: "b1")
        }
        #expect(error?.code == "blob-missing")
    }

    @Test func `other bytes at the address are not taken`() async throws {
        let store = try store()
        let imported = try await AssetService(store).importLocalFile(try app.picture(1), Self.cover).reference
        _ = try await SyncEngine(store).uploadPending()
        let online = try AssetService(store).fileRef(for: imported.assetId)
        _ = try app.file(Picture(2).bytes, "cdn/b1/\(imported.sha256).png")
        let error = await #expect(throws: TipinError.self) {
            try await SyncEngine(try self.store("second")).cacheRemoteIfMissing(online, bookID: "b1")
        }
        #expect(error?.code == "blob-missing")
    }

    /// AC-2.
    @Test func `a cover replaced while offline is the one that is uploaded as cover`() async throws {
        let server = try AppServer()
        let store = try app.store(server.api)
        let (service, engine) = (AssetService(store), SyncEngine(store))
        let old = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        try service.linkAsset(old.assetId, to: Self.book, role: .gallery)
        server.fail(503)
        let new = try await service.replaceAsset(old.assetId, with: try app.picture(2), Self.cover).reference
        #expect(service.resolveSource(of: new) == new.localPath)
        #expect(try await engine.uploadPending().uploaded.isEmpty)
        server.recover()
        #expect(try await engine.uploadPending().uploaded == [old.assetId, new.assetId].sorted())
        #expect(server.tags == [new.sha256: ["cover"], old.sha256: ["gallery"]])
        #expect(try !service.unlinkAsset(old.assetId, from: Self.book, role: .cover))
        #expect(try service.unlinkAsset(old.assetId, from: Self.book, role: .gallery))
    }

    @Test func `a server that fails is told, and the retry works`() async throws {
        let server = try AppServer()
        let store = try app.store(server.api)
        let (service, engine) = (AssetService(store), SyncEngine(store))
        let reference = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        server.fail(500)
        let failed = try await engine.uploadPending()
        #expect(failed.uploaded.isEmpty)
        let error = try #require(failed.failures[reference.assetId])
        #expect(error.code == "upload-failed")
        #expect(error.isTransient)
        #expect(try service.fileRef(for: reference.assetId).remoteUrl == nil)
        server.recover()
        #expect(try await engine.uploadPending().uploaded == [reference.assetId])
        #expect(try service.fileRef(for: reference.assetId).remoteUrl != nil)
        #expect(server.uploadCount == 1)
    }

    @Test func `what the server refused is sent again only when asked for`() async throws {
        let server = try AppServer()
        let store = try app.store(server.api)
        let reference = try await AssetService(store).importLocalFile(try app.picture(1), Self.cover).reference
        server.fail(413)
        let refused = try #require(try await SyncEngine(store).uploadPending().failures[reference.assetId])
        #expect(!refused.isTransient)
        server.recover()
        #expect(try await SyncEngine(store).uploadPending().uploaded.isEmpty)
        #expect(try await SyncEngine(store).uploadPending(retryFailed: true).uploaded == [reference.assetId])
    }

    // MARK: Thumbnails

    @Test func `a picture gets thumbnails beside it, and none that is wrong is given out`() async throws {
        let service = AssetService(try store())
        let cover = try await service.importLocalFile(try app.picture(1), Self.cover).reference
        #expect(try service.thumbnail(of: cover.assetId, size: 256) == nil)
        let made = try await service.makeThumbnails(of: cover.assetId)
        #expect(made.map(\.size) == [256, 1024])
        #expect(made.allSatisfy { $0.mime == "image/webp" && $0.path.contains("/b1/files/\(cover.sha256)/thumb_") })
        #expect(try service.thumbnail(of: cover.assetId, size: 256) == made[0])
        #expect(try service.thumbnail(of: cover.assetId, size: 256, bookID: "b2") == nil)
        #expect(try await service.makeThumbnails(of: cover.assetId, sizes: [256, 1024]) == made)
        let error = await #expect(throws: TipinError.self) { try await service.makeThumbnails(of: "nobody") }
        #expect(error?.code == "asset-unknown")
    }
}
