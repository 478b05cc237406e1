import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinImageMessages
import TipinTestPictures
import TipinTestSupport

/// Smaller pictures beside an asset's bytes, drawn by the real worker.
struct ThumbnailTests {
    private let temporary: TemporaryFolder
    private let worker = SystemTool.imageWorker(slots: 1)

    init() throws { temporary = try TemporaryFolder() }

    private struct Store {
        let folder: DataFolder
        let catalog: Catalog
        let importer: AssetImporter

        func add(_ bytes: [UInt8], book: String = "b1") async throws -> ImportedAsset {
            try importer.commit([await importer.prepare(bytes, book: book)], remote: nil)[0]
        }

        func names(of asset: Asset, book: String = "b1") throws -> [String] {
            try folder.root.names(in: "books/\(book)/files/\(asset.sha256)").sorted()
        }
    }

    private func store(
        _ sizes: [Int] = [], images: (any ImageProbing)? = nil, failpoint: Failpoint? = nil
    ) throws -> Store {
        var limits = ImportLimits()
        limits.thumbnails = sizes
        let folder = try DataFolder(path: temporary.path + "/data", creates: true, failpoint: failpoint)
        let catalog = try Catalog(path: folder.path + "/catalog.sqlite", mode: .create)
        return Store(
            folder: folder, catalog: catalog,
            importer: AssetImporter(catalog: catalog, folder: folder, images: images ?? worker, limits: limits))
    }

    private static let cover = "cover.jpg"

    @Test(arguments: [
        ("cover.jpg", ImageFormat.jpeg, "jpg"), ("knots.png", .png, "webp"), ("lighthouse.webp", .webp, "webp"),
        ("tide.gif", .gif, "webp"),
    ])
    func `each format is drawn smaller`(name: String, format: ImageFormat, ext: String) async throws {
        let bytes = try BadPictures.media(name)
        let whole = try await worker.probe(bytes, as: format)
        let made = try await worker.thumbnails(of: bytes, as: format, sizes: [64, 100])
        #expect(made.map(\.size) == [64, 100])
        for thumbnail in made {
            #expect(max(thumbnail.width, thumbnail.height) == thumbnail.size)
            let ratio =
                Double(thumbnail.width) * Double(whole.height) / (Double(thumbnail.height) * Double(whole.width))
            #expect(abs(ratio - 1) < 0.05)
            #expect(FileType.sniff(thumbnail.bytes)?.ext == ext)
            let facts = try await worker.probe(thumbnail.bytes, as: thumbnail.format)
            #expect((facts.width, facts.height, facts.frames) == (thumbnail.width, thumbnail.height, 1))
            if format == .png || format == .webp { #expect(facts.hasAlpha == whole.hasAlpha) }
        }
    }

    @Test func `a small picture is not enlarged`() async throws {
        let made = try await worker.thumbnails(of: TestPicture.jpeg, as: .jpeg, sizes: [1024, 256])
        #expect(made.map { [$0.size, $0.width, $0.height] } == [[1024, 16, 8], [256, 16, 8]])
    }

    @Test func `the orientation is applied and no metadata is left`() async throws {
        let exif = TestExif(orientation: 6, hasPosition: true).segment
        let made = try await worker.thumbnails(
            of: TestPicture.jpeg(segments: exif), as: .jpeg, sizes: [16])
        #expect(made.map { [$0.width, $0.height] } == [[8, 16]])
        #expect(!MetadataStripper.hasPosition(made[0].bytes, type: .jpeg))
        #expect(try MetadataStripper.stripped(made[0].bytes, type: .jpeg, rule: .stripAll) == made[0].bytes)
    }

    @Test func `interlaced pictures of many pixels are refused by their header`() async throws {
        var header = TestPicture.pngPromising(width: 6000, height: 6000)
        header[28] = 1
        let nowhere = ImageWorker(path: "/nowhere/tipin-image")
        let error = await #expect(throws: ImageError.self) {
            try await nowhere.thumbnails(of: header, as: .png, sizes: [256])
        }
        guard case .tooLarge(let words) = error else { throw CocoaError(.featureUnsupported) }
        #expect(words.hasPrefix("6000 × 6000 pixels that are interlaced"))
    }

    @Test(arguments: [([UInt8](TestPicture.jpeg.dropLast(20))), []])
    func `what cannot be decoded gives no thumbnail`(bytes: [UInt8]) async throws {
        await #expect(throws: ImageError.self) { try await worker.thumbnails(of: bytes, as: .jpeg, sizes: [16]) }
        #expect(worker.deaths == 0)
    }

    // MARK: In the store

    @Test func `import makes those that are configured, once, private and beside the original`() async throws {
        let store = try store([64, 32])
        let imported = try await store.add(try BadPictures.media(Self.cover))
        #expect(imported.warnings.isEmpty)
        #expect(try store.names(of: imported.asset) == ["original.jpg", "thumb_32.jpg", "thumb_64.jpg"])
        let known = try store.catalog.read { try $0.thumbnails(of: imported.asset.id) }
        #expect(known.map(\.size) == [32, 64])
        for thumbnail in known {
            let path = try BlobStore(store.folder).thumbnailPath(thumbnail, of: imported.asset.sha256, book: "b1")
            #expect(try store.folder.root.status(of: path)?.mode == 0o400)
            #expect(
                try BlobStore(store.folder).thumbnailBytes(thumbnail, of: imported.asset.sha256, book: "b1") != nil)
        }
        #expect(try store.folder.root.names(in: "tmp") == [])
    }

    @Test func `nothing is drawn a second time`() async throws {
        let images = CountingImages(worker)
        let store = try store([64], images: images)
        let asset = try await store.add(try BadPictures.media(Self.cover)).asset
        _ = try await store.add(try BadPictures.media(Self.cover))
        #expect(try await store.importer.makeThumbnails([64], of: asset, book: "b1").made.isEmpty)
        #expect(images.drawn == 1)
        #expect(try await store.importer.makeThumbnails([64, 32], of: asset, book: "b1").made.map(\.size) == [32])
    }

    @Test(arguments: ["cut", "empty", "other", "gone"])
    func `a wrong one is never shown and is made again`(how: String) async throws {
        let store = try store([64])
        let asset = try await store.add(try BadPictures.media(Self.cover)).asset
        let thumbnail = try store.catalog.read { try $0.thumbnails(of: asset.id)[0] }
        let blobs = BlobStore(store.folder)
        let path = store.folder.path + "/" + (try blobs.thumbnailPath(thumbnail, of: asset.sha256, book: "b1"))
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        if how != "gone" {
            let wrong = how == "cut" ? good.dropLast() : how == "empty" ? Data() : Data(TestPicture.jpeg)
            try Data(wrong).write(to: URL(fileURLWithPath: path))
        }
        #expect(try blobs.thumbnailBytes(thumbnail, of: asset.sha256, book: "b1") == nil)
        #expect(try await store.importer.makeThumbnails([64], of: asset, book: "b1").made == [thumbnail])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == good)
    }

    @Test func `another book gets a copy of what was drawn`() async throws {
        let images = CountingImages(worker)
        let store = try store([64], images: images)
        let bytes = try BadPictures.media(Self.cover)
        let asset = try await store.add(bytes).asset
        _ = try await store.add(bytes, book: "b2")
        #expect(try store.names(of: asset, book: "b2") == ["original.jpg", "thumb_64.jpg"])
        #expect(images.drawn == 1)
    }

    @Test func `a picture that cannot be made smaller is imported with a warning`() async throws {
        let images = CountingImages(worker, refusing: .workerFailed("gone"))
        let store = try store([64], images: images)
        let imported = try await store.add(try BadPictures.media(Self.cover))
        #expect(imported.warnings.map(\.code) == [.thumbnailNotMade])
        #expect(try store.names(of: imported.asset) == ["original.jpg"])
        #expect(try store.catalog.read { try $0.thumbnails(of: imported.asset.id) } == [])
    }

    /// A failure at every single step: whatever stands under a thumbnail's name is whole, and the next run makes it.
    @Test func `none is ever there in part`() async throws {
        let bytes = try BadPictures.media(Self.cover)
        let asset = try await store().add(bytes).asset
        let seen = Seen()
        let counting = try store(failpoint: seen.failpoint)
        let before = seen.all.count
        _ = try await counting.importer.makeThumbnails([64], of: asset, book: "b1")
        let steps = before + 1...seen.all.count
        #expect(steps.count >= 5)
        for step in steps {
            for name in try counting.names(of: asset) where name.hasPrefix("thumb_") {
                try counting.folder.root.removeFile("books/b1/files/\(asset.sha256)/\(name)")
            }
            let failing = try store(failpoint: Seen(failing: (step, EIO)).failpoint)
            await #expect(throws: (any Error).self) {
                try await failing.importer.makeThumbnails([64], of: asset, book: "b1")
            }
            for name in try counting.names(of: asset) where name.hasPrefix("thumb_") {
                let thumbnail = try counting.catalog.read { try $0.thumbnails(of: asset.id)[0] }
                #expect(name == "thumb_64.jpg")
                #expect(try BlobStore(counting.folder).thumbnailBytes(thumbnail, of: asset.sha256, book: "b1") != nil)
            }
            _ = try await counting.importer.makeThumbnails([64], of: asset, book: "b1")
            #expect(try counting.names(of: asset) == ["original.jpg", "thumb_64.jpg"])
            #expect(try counting.folder.root.names(in: "tmp") == [])
        }
    }

    @Test func `removing an asset forgets its thumbnails`() async throws {
        let store = try store([64])
        let asset = try await store.add(try BadPictures.media(Self.cover)).asset
        #expect(try store.catalog.write { try $0.removeUnused(asset.id) })
        #expect(try store.catalog.read { try $0.thumbnails(of: asset.id) } == [])
    }
}
