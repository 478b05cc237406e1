import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

struct BlobStoreTests {
    private let temporary: TemporaryFolder
    private let folder: DataFolder
    private let seen = Seen()
    private let bytes = Array("picture".utf8)
    private var digest: SHA256Digest { SHA256Digest(of: bytes) }
    private var store: BlobStore { BlobStore(folder) }
    private var root: Folder { folder.root }

    init() throws {
        temporary = try TemporaryFolder()
        folder = try DataFolder(path: temporary.path + "/data", creates: true, failpoint: seen.failpoint)
    }

    @discardableResult
    private func put(_ book: String = "b1") throws -> String {
        var batch = BlobBatch()
        let path = try store.store(bytes, digest: digest, ext: "png", book: book, batch: &batch)
        try batch.finish(in: folder)
        return path
    }

    private func content(_ path: String) throws -> [UInt8] { try temporary.read("data/" + path) }

    /// Writes over a blob as a fault of the disk would.
    private func damage(_ path: String) throws {
        try FileManager.default.removeItem(atPath: store.absolutePath(of: path))
        try temporary.write("damaged", to: "data/" + path)
    }

    @Test func `lies where the PRD says`() throws {
        #expect(try put() == "books/b1/files/\(digest)/original.png")
        #expect(try content("books/b1/files/\(digest)/original.png") == bytes)
        #expect(try root.status(of: put())?.mode == 0o400)
        #expect(try root.status(of: "books/b1/files/\(digest)")?.mode == 0o700)
        #expect(try root.names(in: "tmp") == [])
    }

    @Test func `is durable before its name, and its name before the batch is finished`() throws {
        var batch = BlobBatch()
        let path = try store.store(bytes, digest: digest, ext: "png", book: "b1", batch: &batch)
        let calls = seen.all
        let target = store.absolutePath(of: path)
        let rename = try #require(calls.firstIndex(of: Seen.Call(operation: .rename, path: target)))
        let temporary = try #require(seen.paths(.createFile).last)
        let sync = try #require(calls.firstIndex(of: Seen.Call(operation: .sync, path: temporary)))
        let write = try #require(calls.lastIndex(of: Seen.Call(operation: .write, path: temporary)))
        #expect(write < sync && sync < rename)
        #expect(seen.paths(.syncFolder).filter { $0.contains("books") } == [])
        try batch.finish(in: folder)
        let place = "\(folder.path)/books/b1/files"
        #expect(
            Set(seen.paths(.syncFolder)).isSuperset(of: [
                "\(place)/\(digest)", place, "\(folder.path)/books/b1", "\(folder.path)/books", folder.path,
            ]))
    }

    @Test func `syncs shared folders once for a batch, and never again in its life`() throws {
        var batch = BlobBatch()
        for number in 0..<5 as Range<UInt8> {
            _ = try store.store([number], digest: SHA256Digest(of: [number]), ext: "png", book: "b1", batch: &batch)
        }
        try batch.finish(in: folder)
        let books = folder.path + "/books"
        #expect(seen.paths(.syncFolder).filter { $0 == books }.count == 1)
        #expect(seen.paths(.syncFolder).filter { $0 == books + "/b1/files" }.count == 1)
        try put()
        #expect(seen.paths(.syncFolder).filter { $0 == books }.count == 1)
        #expect(seen.paths(.syncFolder).filter { $0 == books + "/b1/files" }.count == 2)
    }

    @Test func `writes bytes once`() throws {
        try put()
        let writes = seen.paths(.write).count
        try put()
        #expect(seen.paths(.write).count == writes)
    }

    @Test func `makes durable and private what an app wrote`() throws {
        let path = try store.location(digest, ext: "png", book: "b1")
        let absolute = try temporary.write(bytes, to: "data/" + path)
        #expect(try put() == path)
        #expect(seen.paths(.write) == [])
        #expect(seen.paths(.sync) == [absolute])
        #expect(seen.paths(.syncFolder).contains(folder.path + "/books/b1/files/\(digest)"))
        #expect(try root.status(of: path)?.mode == 0o400)
    }

    @Test func `takes the place of a damaged one, which is kept`() throws {
        let path = try put()
        try damage(path)
        #expect(try !store.isWhole(path, digest))
        #expect(try put() == path)
        #expect(try store.isWhole(path, digest))
        #expect(seen.paths(.syncFolder).contains(folder.path + "/bad"))
        let bad = try root.names(in: "bad")
        #expect(bad.count == 1)
        #expect(bad[0].hasPrefix("\(digest)."))
        #expect(try content("bad/" + bad[0]) == Array("damaged".utf8))
    }

    @Test func `reads only what has its digest`() throws {
        let path = try put()
        #expect(try store.read(path, expecting: digest, limit: 100) == bytes)
        #expect(throws: BlobError.tooLarge(path: store.absolutePath(of: path), limit: 3)) {
            try store.read(path, expecting: digest, limit: 3)
        }
        try damage(path)
        let error = #expect(throws: BlobError.self) { try store.read(path, expecting: digest, limit: 100) }
        #expect(error?.problem.code == .blobDamaged)
        #expect(throws: BlobError.missing(path: store.absolutePath(of: path))) {
            try store.read(path, expecting: digest, limit: 100)
        }
        #expect(try root.names(in: "bad").count == 1)
    }

    @Test(arguments: 0..<16)
    func `notices a single bit`(bit: Int) throws {
        let path = try put()
        var other = bytes
        other[bit % bytes.count] ^= 1 << UInt8(bit % 8)
        try FileManager.default.removeItem(atPath: store.absolutePath(of: path))
        try temporary.write(other, to: "data/" + path)
        #expect(try !store.isWhole(path, digest))
        #expect(throws: BlobError.self) { try store.read(path, expecting: digest, limit: 100) }
    }

    @Test func `is found by book, by any extension, and anywhere`() throws {
        #expect(store.find(digest, books: ["b1"]) == nil)
        #expect(store.findAnywhere(digest) == nil)
        let path = try put("b2")
        #expect(store.find(digest, books: ["b1"]) == nil)
        #expect(store.find(digest, books: ["b1", "b2"]) == path)
        #expect(store.findAnywhere(digest) == path)
        try temporary.write(bytes, to: "data/books/b3/files/\(digest)/original.jpeg")
        try temporary.write(bytes, to: "data/books/b3/files/\(digest)/thumb_256.png")
        #expect(store.find(digest, books: ["b3"]) == "books/b3/files/\(digest)/original.jpeg")
        try temporary.write(bytes, to: "data/books/b4/files/\(digest)/original.exe")
        #expect(store.find(digest, books: ["b4"]) == nil)
    }

    @Test func `gives another book a second name of the same file`() throws {
        let path = try put()
        var batch = BlobBatch()
        let second = try store.add(digest, ext: "png", book: "b2", from: path, batch: &batch)
        #expect(try root.status(of: second)?.inode == root.status(of: path)?.inode)
        #expect(try store.add(digest, ext: "png", book: "b2", from: path, batch: &batch) == second)
    }

    @Test func `copies where no second name can be given`() throws {
        let path = try put()
        let count = seen.all.count
        // createFolder of books/b2, files and the digest's, then the link.
        let failing = Seen(failing: (number: 4, errno: EMLINK))
        let other = try DataFolder(path: folder.path, creates: false, failpoint: failing.failpoint)
        var batch = BlobBatch()
        let second = try BlobStore(other).add(digest, ext: "png", book: "b2", from: path, batch: &batch)
        #expect(failing.all[3].operation == .link)
        #expect(try root.status(of: second)?.inode != root.status(of: path)?.inode)
        #expect(try content(second) == bytes)
        #expect(seen.all.count == count)
    }

    @Test(arguments: [
        "a/b", "/abs", "../x", "%2e%2e", "b\u{0}c", "Ünïcode…", " b ", "CON", String(repeating: "x", count: 300),
    ])
    func `keeps every book below the data folder`(book: String) throws {
        let path = try put(book)
        let parts = path.split(separator: "/")
        #expect(parts.count == 5)
        #expect(parts[1].utf8.count <= 200)
        #expect(parts[1].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(try content(path) == bytes)
        #expect(store.find(digest, books: [book]) == path)
        #expect(try temporary.folder().names() == ["data"])
        #expect(try root.names(in: "books").count == 1)
    }

    @Test(arguments: ["", ".", ".."])
    func `refuses a book that names no folder`(book: String) throws {
        let error = #expect(throws: BlobError.self) { try put(book) }
        #expect(error == .bookUnusable(book))
        #expect(error?.problem.code == .bookUnknown)
        #expect(try root.names() == ["tmp"])
        #expect(store.find(digest, books: [book]) == nil)
    }

    @Test(arguments: ["", "php", "../png", "png/x", "PNG", String(repeating: "x", count: 100)])
    func `refuses an extension that it does not know`(ext: String) {
        #expect(throws: BlobError.extensionUnknown(ext)) { try store.location(digest, ext: ext, book: "b") }
    }

    @Test(arguments: [
        "books", "books/b1", "books/b1/files", "books/b1/files/DIGEST", "books/b1/files/DIGEST/original.png", "tmp",
    ])
    func `writes nothing through a planted link`(place: String) throws {
        let place = place.replacing("DIGEST", with: digest.description)
        try FileManager.default.createDirectory(atPath: temporary.path + "/outside", withIntermediateDirectories: true)
        try temporary.write("mine", to: "outside/original.png")
        let link = folder.path + "/" + place
        try? FileManager.default.removeItem(atPath: link)
        try FileManager.default.createDirectory(
            atPath: (link as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let isFile = place.hasSuffix("png")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: temporary.path + "/outside" + (isFile ? "/original.png" : ""))
        if isFile {
            try put()  // The link is moved aside, its target is not.
            #expect(try root.status(of: place)?.kind == .regular)
        } else {
            #expect(throws: BlobError.self) { try put() }
        }
        #expect(try temporary.folder().names(in: "outside") == ["original.png"])
        #expect(try temporary.read("outside/original.png") == Array("mine".utf8))
    }

    @Test func `does not hang at a pipe, and moves it aside`() throws {
        let path = try put()
        let absolute = store.absolutePath(of: path)
        try FileManager.default.removeItem(atPath: absolute)
        #expect(mkfifo(absolute, 0o600) == 0)
        #expect(store.find(digest, books: ["b1"]) == nil)
        #expect(throws: BlobError.self) { try store.read(path, expecting: digest, limit: 100) }
        #expect(try put() == path)
        #expect(try store.isWhole(path, digest))
    }
}
