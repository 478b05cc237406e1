import Synchronization
import TipinAssets
import TipinFiles
import TipinImageMessages
import TipinTestSupport

/// Bytes that pass for pictures as long as nobody decodes them.
enum Pictures {
    static func png(_ text: String = "") -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(text.utf8)
    }

    /// With a text chunk that says where it was taken.
    static func positioned(_ text: String = "") -> [UInt8] {
        let chunk = Array("exif:GPSLatitude\u{0}48,8N".utf8)
        return png() + [0, 0, 0, UInt8(chunk.count)] + Array("tEXt".utf8) + chunk + [0, 0, 0, 0] + Array(text.utf8)
    }

    static func jpeg(_ text: String = "") -> [UInt8] { [0xFF, 0xD8, 0xFF, 0xE0] + Array(text.utf8) }
}

/// Says of every picture that it is 4 by 3, and counts how often it was asked.
final class StubImages: ImageProbing {
    private let count = Mutex(0)
    private let refusal: ImageError?

    init(refusing refusal: ImageError? = nil) { self.refusal = refusal }

    var calls: Int { count.withLock { $0 } }

    func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
        count.withLock { $0 += 1 }
        if let refusal { throw refusal }
        return ImageFacts(width: 4, height: 3, frames: 1, hasAlpha: format == .png)
    }
}

/// A data folder with its catalog and an importer.
struct Workshop {
    let temporary: TemporaryFolder
    let folder: DataFolder
    let catalog: Catalog
    let images = StubImages()
    let importer: AssetImporter

    var store: BlobStore { BlobStore(folder) }

    init(
        in temporary: TemporaryFolder? = nil, failpoint: Failpoint? = nil, limits: ImportLimits = ImportLimits(),
        clock: WallClock = .system
    ) throws {
        let temporary = try temporary ?? TemporaryFolder()
        self.temporary = temporary
        folder = try DataFolder(path: temporary.path + "/data", creates: true, clock: clock, failpoint: failpoint)
        catalog = try Catalog(path: folder.path + "/catalog.sqlite", mode: .create, clock: clock, busySeconds: 20)
        importer = AssetImporter(catalog: catalog, folder: folder, images: images, limits: limits)
    }

    @discardableResult
    func add(_ bytes: [UInt8], book: String = "b1", remote: String? = nil) async throws -> ImportedAsset {
        try importer.commit([await importer.prepare(bytes, book: book)], remote: remote)[0]
    }

    func temporaries() throws -> [String] { try folder.root.names(in: "tmp") }
}

/// A clock that a test sets.
final class SetClock: Sendable {
    private let time: Mutex<Int64>

    init(_ time: Int64 = 1_700_000_000_000) { self.time = Mutex(time) }

    var clock: WallClock { WallClock { self.time.withLock { $0 } } }

    func advance(milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}
