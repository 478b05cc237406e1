import Foundation
import GRDB
import Testing
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestPictures
import TipinTestSupport

struct AssetImporterTests {
    private let workshop: Workshop
    private var catalog: Catalog { workshop.catalog }

    init() throws { workshop = try Workshop() }

    private func code(_ limits: ImportLimits = ImportLimits(), of bytes: [UInt8]) async throws -> DiagnosticCode? {
        let workshop = try Workshop(limits: limits)
        let error = await #expect(throws: (any Error).self) { try await workshop.add(bytes) }
        #expect(try workshop.catalog.read { try $0.assets() } == [])
        #expect(try workshop.folder.root.names(in: "books") == [])
        return (error as? any DiagnosticConvertible)?.problem.code
    }

    @Test func `makes an asset of a picture`() async throws {
        let bytes = Pictures.png("one")
        let imported = try await workshop.add(bytes)
        let asset = imported.asset
        let digest = SHA256Digest(of: bytes)
        #expect(asset.id == AssetID.derived(from: digest))
        #expect((asset.sha256, asset.ext, asset.mime, asset.size) == (digest, "png", "image/png", bytes.count))
        #expect((asset.width, asset.height, asset.frames, asset.hasAlpha) == (4, 3, 1, true))
        #expect((asset.hasPosition, asset.status) == (false, .localOnly))
        #expect(asset.localPath == workshop.folder.path + "/" + imported.relativePath)
        #expect(!imported.wasKnown)
        #expect(try workshop.store.isWhole(imported.relativePath, digest))
        #expect(try catalog.read { try $0.ownerBook(of: asset.id) } == "b1")
        #expect(try workshop.temporaries() == [])
    }

    @Test func `queues it where there is a remote`() async throws {
        let asset = try await workshop.add(Pictures.png(), remote: "r").asset
        #expect(asset.status == .pendingUpload)
        let pending = try catalog.read { try $0.pendingUploads(remote: "r") }
        #expect(pending.map(\.key) == [UploadKey(assetID: asset.id, bookID: "b1", remote: "r")])
    }

    @Test func `knows the same bytes again, without looking at them twice`() async throws {
        let first = try await workshop.add(Pictures.png("one"))
        let second = try await workshop.add(Pictures.png("one"))
        #expect(second.wasKnown)
        #expect(second.asset == first.asset)
        #expect(workshop.images.calls == 1)
        #expect(try catalog.read { try $0.counts().assets } == 1)
    }

    @Test func `makes nothing durable a second time`() async throws {
        let seen = Seen()
        let workshop = try Workshop(failpoint: seen.failpoint)
        try await workshop.add(Pictures.png("one"))
        let count = seen.all.count
        try await workshop.add(Pictures.png("one"))
        #expect(seen.all.count == count)
    }

    @Test func `gives each book its own entry of one asset`() async throws {
        let first = try await workshop.add(Pictures.png("one"), book: "b1")
        let second = try await workshop.add(Pictures.png("one"), book: "b2", remote: "r")
        #expect(second.asset.id == first.asset.id)
        #expect(second.relativePath != first.relativePath)
        #expect(try catalog.read { try $0.books(of: first.asset.id) } == ["b1", "b2"])
        #expect(second.asset.localPath == first.asset.localPath)
        let root = workshop.folder.root
        #expect(try root.status(of: first.relativePath)?.inode == root.status(of: second.relativePath)?.inode)
        #expect(try catalog.read { try $0.pendingUploads(remote: "r").map(\.key.bookID) } == ["b2"])
    }

    @Test func `gives a book an entry of bytes that another brought in, if they are whole`() async throws {
        let whole = try await workshop.add(Pictures.png("whole"))
        let damaged = try await workshop.add(Pictures.png("damaged"))
        let file = workshop.folder.path + "/" + damaged.relativePath
        try FileManager.default.removeItem(atPath: file)
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        try workshop.importer.addToBooks([(whole.asset, "b2"), (damaged.asset, "b2")], remote: "r")
        #expect(try catalog.read { try $0.books(of: whole.asset.id) } == ["b1", "b2"])
        #expect(try catalog.read { try $0.books(of: damaged.asset.id) } == ["b1"])
        #expect(workshop.store.find(damaged.asset.sha256, books: ["b1", "b2"]) == nil)
        #expect(try workshop.folder.root.names(in: "bad").count == 1)
        #expect(try catalog.read { try $0.pendingUploads(remote: "r").map(\.key.bookID) } == ["b2"])
    }

    @Test func `mends a blob that is missing or damaged`() async throws {
        let found = Pictures.positioned()
        let imported = try await workshop.add(found)
        let file = workshop.folder.path + "/" + imported.relativePath
        for damage in [nil, "damaged"] {
            try FileManager.default.removeItem(atPath: file)
            if let damage { try Data(damage.utf8).write(to: URL(fileURLWithPath: file)) }
            let again = try await workshop.add(found)
            #expect(again.wasKnown)
            #expect(try workshop.store.isWhole(imported.relativePath, imported.asset.sha256))
        }
        #expect(workshop.images.calls == 1)
        #expect(try workshop.folder.root.names(in: "bad").count == 1)
    }

    /// Bytes that are stored as they were found are compared with those in hand.
    @Test func `mends a blob in which one byte is wrong, missing or too much`() async throws {
        let found = Pictures.png("whole")
        let imported = try await workshop.add(found)
        #expect(imported.asset.sha256 == SHA256Digest(of: found))
        let file = URL(fileURLWithPath: workshop.folder.path + "/" + imported.relativePath)
        var damages = [found + [0], Array(found.dropLast()), []]
        for place in [0, found.count / 2, found.count - 1] {
            damages.append(found)
            damages[damages.count - 1][place] ^= 1
        }
        for damage in damages {
            try FileManager.default.removeItem(at: file)
            try Data(damage).write(to: file)
            #expect(try await workshop.add(found).wasKnown)
            #expect(try Data(contentsOf: file) == Data(found))
        }
        #expect(workshop.images.calls == 1)
        #expect(try workshop.folder.root.names(in: "bad").count == damages.count)
    }

    @Test func `puts back only the very bytes that are expected`() async throws {
        let bytes = Pictures.positioned()
        let digest = SHA256Digest(of: bytes)
        try catalog.write { try $0.recordDownload(WaitingDownload(sha256: digest, book: "b1")) }
        let error = await #expect(throws: ImportError.self) {
            try await workshop.importer.prepareStored(Pictures.jpeg("other"), expecting: digest, book: "b1")
        }
        #expect(error?.problem.code == .digestMismatch)
        let prepared = try await workshop.importer.prepareStored(bytes, expecting: digest, book: "b1")
        let imported = try workshop.importer.commit([prepared], remote: nil)[0]
        #expect((imported.asset.sha256, imported.asset.hasPosition) == (digest, true))
        #expect(try catalog.read { try $0.waitingDownload(sha256: digest) } == nil)
    }

    @Test func `refuses what is no picture that is allowed`() async throws {
        #expect(try await code(of: []) == .notAnImage)
        #expect(try await code(of: Array("<!DOCTYPE html><p>".utf8)) == .notAnImage)
        #expect(try await code(of: Array("<svg xmlns='x'/>".utf8)) == .svgRefused)
        #expect(try await code(of: Array("%PDF-1.7".utf8)) == .typeNotAllowed)
        var limits = ImportLimits()
        limits.maxBytes = 10
        #expect(try await code(limits, of: Pictures.png("too long")) == .assetTooLarge)
        limits.maxBytes = Pictures.png("too long").count
        try await Workshop(limits: limits).add(Pictures.png("too long"))
    }

    @Test func `takes a PDF where it is allowed, without looking into it`() async throws {
        var limits = ImportLimits()
        limits.allowed = [.pdf]
        let workshop = try Workshop(limits: limits)
        let asset = try await workshop.add(Array("%PDF-1.7".utf8)).asset
        #expect((asset.mime, asset.ext, asset.width) == ("application/pdf", "pdf", nil))
        #expect(workshop.images.calls == 0)
    }

    @Test(arguments: [
        (ImageError.damaged("bad"), DiagnosticCode.imageDamaged), (.tooLarge("big"), .imageTooLarge),
        (.workerFailed("died"), .imageWorkerFailed),
    ])
    func `stores nothing that the worker refuses`(refusal: ImageError, code: DiagnosticCode) async throws {
        let images = StubImages(refusing: refusal)
        let importer = AssetImporter(
            catalog: catalog, folder: workshop.folder, images: images, limits: ImportLimits())
        let error = await #expect(throws: ImageError.self) { try await importer.prepare(Pictures.png(), book: "b1") }
        #expect(error?.problem.code == code)
        #expect(try workshop.folder.root.names(in: "books") == [])
    }

    @Test func `needs no worker for what is known`() async throws {
        let known = try await workshop.add(Pictures.png("known"))
        let importer = AssetImporter(
            catalog: catalog, folder: workshop.folder, images: nil, limits: ImportLimits())
        let again = try await importer.prepare(Pictures.png("known"), book: "b2")
        #expect(try importer.commit([again], remote: nil)[0].asset.id == known.asset.id)
        let error = await #expect(throws: ImportError.self) {
            try await importer.prepare(Pictures.png("new"), book: "b1")
        }
        #expect(error == .noImageWorker)
        #expect(error?.problem.code == .imageWorkerFailed)
    }

    @Test(arguments: [
        ("a.png", false), ("a.jpg", true), ("dir.jpg/a", false), ("a.php", false), ("a.HEIC", true), ("a", false),
    ])
    func `says that a name lies`(name: String, lies: Bool) async throws {
        let prepared = try await workshop.importer.prepare(Pictures.png(), name: name, book: "b1")
        #expect((prepared.warnings.first?.code == .typeMismatch) == lies)
        #expect(prepared.relativePath.hasSuffix("original.png"))
    }

    @Test func `commits several at once, and equal ones as one`() async throws {
        var prepared: [PreparedAsset] = []
        for text in ["a", "b", "a"] {
            prepared.append(try await workshop.importer.prepare(Pictures.png(text), book: "b1"))
        }
        #expect(try catalog.read { try $0.counts().assets } == 0)
        let imported = try workshop.importer.commit(prepared, remote: nil)
        #expect(imported.map(\.wasKnown) == [false, false, true])
        #expect(imported[0].asset.id == imported[2].asset.id)
        #expect(try catalog.read { try $0.counts().assets } == 2)
        #expect(try workshop.importer.commit([], remote: nil) == [])
    }

    @Test func `keeps the facts and the id of a row that an app made`() async throws {
        let bytes = Pictures.png("app")
        try catalog.write {
            try $0.insert(
                NewAsset(
                    id: "nano", sha256: SHA256Digest(of: bytes), ext: "png", mime: "image/png", size: bytes.count,
                    width: 40, height: 30, localPath: "/gone/original.png"))
        }
        let imported = try await workshop.add(bytes)
        #expect((imported.asset.id, imported.asset.width, imported.asset.height) == ("nano", 40, 30))
        #expect(imported.asset.localPath == workshop.folder.path + "/" + imported.relativePath)
        #expect(workshop.images.calls == 0)
    }

    @Test func `imports the same bytes from many at once`() async throws {
        let temporary = workshop.temporary
        let workshops = try (0..<4).map { _ in try Workshop(in: temporary) }
        let imported = try await withThrowingTaskGroup(of: ImportedAsset.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try await workshops[number % 4].add(
                        Pictures.png("same"), book: number.isMultiple(of: 2) ? "b1" : "b2")
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(imported.map(\.asset.id)).count == 1)
        #expect(imported.filter { !$0.wasKnown }.count == 1)
        #expect(try catalog.read { try $0.counts().assets } == 1)
        #expect(try Set(catalog.read { try $0.books(of: imported[0].asset.id) }) == ["b1", "b2"])
        #expect(try workshop.temporaries() == [])
        #expect(try workshop.folder.root.names(in: "bad") == [])
        for asset in imported { #expect(try workshop.store.isWhole(asset.relativePath, asset.asset.sha256)) }
    }

    // MARK: Files

    @Test func `reads a file that the user names`() async throws {
        let path = try workshop.temporary.write(Pictures.png("file"), to: "in/picture.jpg")
        let prepared = try await workshop.importer.prepare(file: path, book: "b1")
        #expect(prepared.sha256 == SHA256Digest(of: Pictures.png("file")))
        #expect(prepared.warnings.first?.code == .typeMismatch)
    }

    @Test func `refuses what is no file of that size`() async throws {
        let folder = workshop.temporary
        let picture = try folder.write(Pictures.png("file"), to: "in/picture.png")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: picture)
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        var limits = ImportLimits()
        limits.maxBytes = 4
        let small = AssetImporter(catalog: catalog, folder: workshop.folder, images: nil, limits: limits)
        let code = { (importer: AssetImporter, name: String) async in
            let error = await #expect(throws: ImportError.self) {
                try await importer.prepare(file: folder.path + name, book: "b1")
            }
            return error?.problem.code
        }
        #expect(await code(small, "/in/picture.png") == .assetTooLarge)
        #expect(await code(workshop.importer, "/none.png") == .assetMissing)
        #expect(await code(workshop.importer, "/in") == .assetMissing)
        #expect(await code(workshop.importer, "/pipe") == .assetMissing)
        #expect(await code(workshop.importer, "/link") == .assetMissing)
    }

    @Test func `a name that is no UTF-8 is told from a file that is not there`() async throws {
        for (path, headline) in [
            ("/\u{FFFD}.png", "image file's name is not UTF-8"), ("/nonexist.png", "image file does not exist"),
        ] {
            let error = await #expect(throws: ImportError.self) {
                _ = try await workshop.importer.prepare(file: path, book: "b1", roles: ["cover"])
            }
            #expect(error?.problem.headline == headline)
            #expect(error?.problem.notes.first?.contains("'\(path)'") == true)
        }
    }

    @Test func `what is no picture is not stored where a role shows it`() async throws {
        var limits = ImportLimits()
        limits.allowed.insert(.pdf)
        let workshop = try Workshop(limits: limits)
        let pdf = Array("%PDF-1.7\n%%EOF".utf8)
        for role in ["cover", "avatar", "gallery", "divider", "map"] {
            await #expect(throws: ImportError.notShown(role: role)) {
                try await workshop.importer.prepare(pdf, book: "b1", roles: ["attachment", role])
            }
        }
        #expect(try workshop.folder.root.names(in: "books") == [])
        _ = try await workshop.importer.prepare(pdf, book: "b1", roles: ["attachment", "lore"])
    }

    @Test func `what fails beside an import takes it back, and it can be done again`() async throws {
        struct Failure: Error {}
        try await workshop.add(Pictures.png("standing"), remote: "r")
        let book = Entity.book("b1")
        let new = try await [
            workshop.importer.prepare(Pictures.png("standing"), book: "b2"),
            workshop.importer.prepare(Pictures.png("new"), book: "b1"),
        ]
        func rows() throws -> [[String]] {
            try ["file_assets", "file_asset_links", "tipin_books", "tipin_uploads", "tipin_sources", "tipin_access"]
                .map { table in
                    try DatabaseQueue(path: catalog.path).read { database in
                        try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2").map { "\($0)" }
                    }
                }
        }
        let before = try rows()
        #expect(throws: Failure.self) {
            try workshop.importer.commit(new, remote: "r") { writer, imported in
                #expect(imported.map(\.wasKnown) == [true, false])
                for asset in imported {
                    _ = try writer.link(LinkSpec(assetID: asset.asset.id, entity: book, role: "gallery"))
                }
                throw Failure()
            }
        }
        #expect(try rows() == before)
        let imported = try workshop.importer.commit(new, remote: "r") { writer, imported in
            for asset in imported {
                _ = try writer.link(LinkSpec(assetID: asset.asset.id, entity: book, role: "gallery"))
            }
        }
        let ids = imported.map(\.asset.id)
        #expect(try catalog.read { try $0.links(of: book, role: "gallery").map(\.assetID) } == ids)
        for asset in imported { #expect(try workshop.store.isWhole(asset.relativePath, asset.asset.sha256)) }
        #expect(try workshop.temporaries() == [])
    }
}
