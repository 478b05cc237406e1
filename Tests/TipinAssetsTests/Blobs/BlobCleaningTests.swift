import Testing
import TipinAssets
import TipinFiles
import TipinTestSupport

struct BlobCleaningTests {
    private let shop: Workshop
    private let bytes = Pictures.png("one")
    private var digest: SHA256Digest { SHA256Digest(of: bytes) }
    private var place: String { "books/b1/files/\(digest)" }
    private var removed: String { "removed/\(digest)" }

    init() throws { shop = try Workshop() }

    private func names(_ folder: String) throws -> [String] { try shop.folder.root.names(in: folder) }

    private func read(_ name: String) throws -> [UInt8] { try shop.temporary.read("data/" + name) }

    // MARK: Quarantine

    @Test func `one entry goes into quarantine, equal ones and thumbnails go, and the folders with them`() async throws
    {
        try await shop.add(bytes)
        try await shop.add(bytes, book: "b2")
        try shop.temporary.write([1], to: "data/\(place)/thumb_256.webp")
        try shop.store.keepRecord(Array("{}".utf8), of: digest)
        #expect(try shop.store.retire(digest) == bytes.count)
        #expect(try names(removed) == ["asset.json", "original.png"])
        #expect(try read(removed + "/original.png") == bytes)
        #expect(try names("books/b1/files") == [])
        #expect(try names("books/b2/files") == [])
        #expect(shop.store.retired(digest, limit: 1000) == bytes)
        #expect(shop.store.record(of: digest) == Array("{}".utf8))
        #expect(try shop.store.retire(digest) == 0)
        #expect(try shop.temporaries() == [])
    }

    @Test func `somebody else's file keeps its folder`() async throws {
        try await shop.add(bytes)
        try shop.temporary.write("mine", to: "data/\(place)/notes.txt")
        try shop.store.retire(digest)
        #expect(try names(place) == ["notes.txt"])
    }

    @Test func `damaged bytes are evidence and do not take a whole one's place`() async throws {
        try await shop.add(bytes)
        try shop.temporary.write([0], to: "data/\(removed)/original.png")
        #expect(shop.store.retired(digest, limit: 1000) == nil)
        try shop.store.retire(digest)
        #expect(try read(removed + "/original.png") == bytes)
        #expect(try names("bad").count == 1)
        try shop.temporary.write([1], to: "data/\(place)/original.png")
        #expect(try shop.store.retire(digest) == 0)
        #expect(try names("bad").count == 2)
        #expect(try read(removed + "/original.png") == bytes)
    }

    @Test func `forgetting takes the record last`() async throws {
        try await shop.add(bytes)
        try shop.store.keepRecord(Array("{}".utf8), of: digest)
        try shop.store.retire(digest)
        let found = try shop.store.quarantined()
        #expect(found.map { $0.digest } == [digest])
        #expect(found.map { $0.size } == [bytes.count])
        let seen = Seen()
        let folder = try DataFolder(path: shop.folder.path, creates: false, failpoint: seen.failpoint)
        try BlobStore(folder).forget(digest)
        let files = seen.paths(.removeFile).map { $0.split(separator: "/").last }
        #expect(files == ["original.png", "asset.json"])
        #expect(try names("removed") == [])
        #expect(try shop.store.quarantined().isEmpty)
    }

    @Test(arguments: 1...40)
    func `stopped at any step, a second time ends in the same state`(number: Int) async throws {
        try await shop.add(bytes)
        try await shop.add(bytes, book: "b2")
        let seen = Seen(failing: (number, 5))
        let folder = try DataFolder(path: shop.folder.path, creates: true, failpoint: seen.failpoint)
        let failing = BlobStore(folder)
        do {
            try failing.keepRecord([1], of: digest)
            try failing.retire(digest)
        } catch {
            #expect(seen.all.count >= number)
        }
        // Wherever it stopped, the bytes are somewhere.
        #expect(shop.store.findAnywhere(digest) != nil || shop.store.retired(digest, limit: 1000) == bytes)
        try shop.store.keepRecord([1], of: digest)
        try shop.store.retire(digest)
        #expect(try names(removed) == ["asset.json", "original.png"])
        #expect(shop.store.findAnywhere(digest) == nil)
    }

    // MARK: Evicting

    @Test func `evicting takes every entry and leaves the thumbnails`() async throws {
        try await shop.add(bytes)
        try await shop.add(bytes, book: "b2")
        try shop.temporary.write([1], to: "data/\(place)/thumb_256.webp")
        #expect(try shop.store.evict(digest) == bytes.count)
        #expect(shop.store.findAnywhere(digest) == nil)
        #expect(try names(place) == ["thumb_256.webp"])
        #expect(try shop.store.evict(digest) == 0)
    }

    @Test func `what was evicted and comes back is evicted no more`() async throws {
        let asset = try await shop.add(bytes).asset
        let key = UploadKey(assetID: asset.id, bookID: "b1", remote: "r")
        try shop.catalog.write { writer in
            try writer.markUploaded(key, remoteID: nil, remoteURL: "https://cdn.example/1")
            let unused = UnusedAsset(id: asset.id, sha256: digest, size: bytes.count, lastUse: nil)
            #expect(try writer.evict(unused))
        }
        try shop.store.evict(digest)
        let prepared = try await shop.importer.prepareStored(bytes, expecting: digest, book: "b1")
        _ = try shop.importer.commit([prepared], remote: nil)
        try shop.catalog.read { (reader: CatalogReader) throws in
            #expect(try !reader.isEvicted(asset.id))
            #expect(try reader.asset(id: asset.id)?.localPath == shop.store.absolutePath(of: place + "/original.png"))
            #expect(try reader.asset(id: asset.id)?.status == .uploaded)
        }
    }

    // MARK: Rebooking

    @Test(arguments: 0...30)
    func `a book's folder moves whole, stopped at any step and gone on with`(number: Int) async throws {
        try await shop.add(bytes)
        try await shop.add(Pictures.png("two"))
        try shop.temporary.write([1], to: "data/\(place)/thumb_256.webp")
        let seen = Seen(failing: number == 0 ? nil : (number, 5))
        let folder = try DataFolder(path: shop.folder.path, creates: false, failpoint: seen.failpoint)
        for store in [BlobStore(folder), shop.store] {
            do {
                var batch = BlobBatch()
                let paths = try store.addEntries(of: "b1", to: "b/2", batch: &batch)
                try batch.finish(in: store.folder)
                if let path = paths[digest] { #expect(path == "books/b%2F2/files/\(digest)/original.png") }
                try store.removeEntries(of: "b1", standingIn: "b/2")
            } catch {
                #expect(number > 0)
            }
            #expect(shop.store.findAnywhere(digest) != nil)
        }
        #expect(try names("books") == ["b%2F2"])
        #expect(try names("books/b%2F2/files").count == 2)
        #expect(try names("books/b%2F2/files/\(digest)") == ["original.png", "thumb_256.webp"])
    }
}
