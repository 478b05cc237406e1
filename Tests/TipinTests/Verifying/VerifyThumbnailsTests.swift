import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// `assets verify` makes thumbnails right, or forgets them, so that they are made when they are asked for.
struct VerifyThumbnailsTests {
    private static let picture = Picture(1)
    private static let digest = SHA256Digest(of: picture.bytes)

    private func book(hasRemote: Bool = false) async throws -> TestBook {
        var book = try TestBook(hasRemote: hasRemote)
        book.images = HeaderImages()
        try await book.drawing.store([Self.picture])
        return book
    }

    private func path(_ book: TestBook, _ name: String = "thumb_64.webp", in bookID: String = "b1") -> String {
        "\(book.dataPath)/books/\(bookID)/files/\(Self.picture.sha256)/\(name)"
    }

    private func known(_ book: TestBook) throws -> [Thumbnail] {
        try book.withCatalog { try $0.read { try $0.thumbnails(of: Picture(1).id) } }
    }

    private func replace(_ path: String, with bytes: [UInt8]?) throws {
        try? FileManager.default.removeItem(atPath: path)
        if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    }

    @Test(arguments: [nil, [], [1, 2, 3]] as [[UInt8]?])
    func `a wrong one is told of, and made again`(bytes: [UInt8]?) async throws {
        let book = try await book()
        let good = try Data(contentsOf: URL(fileURLWithPath: path(book)))
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        try replace(path(book), with: bytes)
        let told = try await book.verify { ($0.isDryRun, $0.readsData) = (true, true) }
        #expect(told.codes == ["thumbnail-damaged"])
        #expect(told.findings[0].severity == .warning && told.status == .success)
        #expect(FileManager.default.contents(atPath: path(book)) == bytes.map { Data($0) })
        let report = try await book.verify { $0.readsData = true }
        #expect(report.codes == ["thumbnail-damaged"])
        #expect((report.thumbnails, report.mendedThumbnails, report.lost, report.mended) == (1, 1, 0, 0))
        #expect(report.summary.contains("1 thumbnail made again"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path(book))) == good)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `another book's copy is good enough, and takes the place of a damaged one`() async throws {
        let book = try await book()
        try await book.drawing.store([Self.picture], book: "b2")
        try replace(path(book, in: "b2"), with: nil)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        try await book.drawing.store([Self.picture], book: "b2")
        try replace(path(book, in: "b2"), with: [9])
        #expect(try await book.verify { $0.readsData = true }.mendedThumbnails == 1)
        let copies = try ["b1", "b2"].map { try Data(contentsOf: URL(fileURLWithPath: path(book, in: $0))) }
        #expect(copies[0] == copies[1])
    }

    @Test func `where the picture is not here it is given up, and made when it is asked for`() async throws {
        let book = try await book(hasRemote: true)
        #expect(try await book.syncAll().status == .success)
        #expect(try await book.clean(maxCacheBytes: 0).words == ["evict \(Picture(1).id)"])
        #expect(FileManager.default.fileExists(atPath: path(book)))
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        try replace(path(book), with: [1])
        let report = try await book.verify { $0.readsData = true }
        #expect(report.codes == ["thumbnail-damaged"])
        #expect((report.mendedThumbnails, report.elsewhere, report.status) == (0, 1, .success))
        #expect(!FileManager.default.fileExists(atPath: path(book)))
        #expect(try known(book).isEmpty)
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        try await book.drawing.run(.sync)
        #expect(try known(book).map(\.size) == [64])
        #expect(FileManager.default.fileExists(atPath: path(book)))
    }

    @Test func `one that no row knows stays if it is a picture, and goes if it is none`() async throws {
        let book = try await book()
        let good = try #require(FileManager.default.contents(atPath: path(book)))
        try good.write(to: URL(fileURLWithPath: path(book, "thumb_512.webp")))
        try Data("no picture".utf8).write(to: URL(fileURLWithPath: path(book, "thumb_128.webp")))
        try good.write(to: URL(fileURLWithPath: path(book, "thumb_100.jpg")))
        #expect(try await book.verify { $0.isDryRun = true }.codes == ["thumbnail-damaged", "thumbnail-damaged"])
        #expect(try await book.verify().codes == ["thumbnail-damaged", "thumbnail-damaged"])
        let names = try FileManager.default.contentsOfDirectory(
            atPath: (path(book) as NSString).deletingLastPathComponent)
        #expect(names.sorted() == ["original.png", "thumb_512.webp", "thumb_64.webp"])
        #expect(try await book.verify().findings.isEmpty)
    }

    @Test func `one of a picture that is gone is told of, and clean-up takes it`() async throws {
        let book = try await book()
        try book.removeRow(of: Picture(1))
        try book.removeBlob(Self.picture)
        let report = try await book.verify()
        #expect(report.codes == ["stray-file"])
        #expect(FileManager.default.fileExists(atPath: path(book)))
        #expect(try await book.clean().words == [])
        #expect(try await book.later(hours: 25).clean().words == ["remove-stray \(Self.digest)"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/books/b1/files") == [])
        #expect(!FileManager.default.fileExists(atPath: book.dataPath + "/removed/\(Self.digest)"))
    }

    @Test func `clean-up takes the thumbnails of what it removes, files and rows`() async throws {
        let book = try await book()
        try await book.drawing.store([Self.picture], book: "b2")
        #expect(try await book.later(hours: 25).clean().words == ["remove \(Picture(1).id)"])
        for id in ["b1", "b2"] {
            #expect(try FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/books/\(id)/files") == [])
        }
        #expect(try known(book).isEmpty)
        let kept = try FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/removed/\(Self.digest)")
        #expect(kept.sorted() == ["asset.json", "original.png"])
    }
}
