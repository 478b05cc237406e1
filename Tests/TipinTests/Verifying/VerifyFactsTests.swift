import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinImageMessages
import TipinTestSupport

/// `assets verify` looks again at pictures of which the catalog does not know what decoding tells.
struct VerifyFactsTests {
    private func book(
        _ pictures: [Picture] = [Picture(1), Picture(2)], hasRemote: Bool = false
    ) async throws -> TestBook {
        var book = try TestBook(hasRemote: hasRemote)
        book.images = HeaderImages()
        book.settings.importLimits.metadata = .keep
        try await book.store(pictures)
        return book
    }

    private func asset(_ picture: Picture, _ book: TestBook) throws -> Asset {
        let digest = SHA256Digest(of: picture.bytes)
        return try #require(try book.withCatalog { try $0.read { try $0.asset(sha256: digest) } })
    }

    @Test func `what is not known is told of, and learnt from the picture`() async throws {
        let book = try await book()
        try book.loseFacts(of: Picture(1))
        // To take the same bytes in again does not decode them.
        try await book.store([Picture(1)])
        let told = try await book.verify { $0.isDryRun = true }
        #expect((told.status, told.codes) == (.success, ["facts-missing"]))
        #expect(told.findings.first?.assetID == Picture(1).id)
        #expect(try asset(Picture(1), book).frames == nil)
        let report = try await book.verify()
        #expect((report.status, report.codes, report.mended) == (.success, ["facts-missing"], 0))
        #expect(report.learnt == 1)
        #expect(report.summary.contains("1 picture looked at again"))
        let asset = try asset(Picture(1), book)
        #expect((asset.frames, asset.hasAlpha, asset.width) == (1, false, Picture.width))
        #expect(try await book.verify().findings.isEmpty)
    }

    /// Of a row that an app made and that has no place we know of nothing is looked at before.
    @Test func `bytes that are found damaged only then stop nothing else`() async throws {
        let book = try await book()
        for picture in [Picture(1), Picture(2)] { try book.loseFacts(of: picture) }
        try book.losePlaces(of: Picture(1))
        try Data("spoilt".utf8).write(to: URL(filePath: book.blobPath(Picture(1))))
        let report = try await book.verify()
        #expect(report.learnt == 1)
        #expect(report.codes.contains("facts-missing"))
        #expect(try asset(Picture(2), book).frames == 1)
        #expect(try asset(Picture(1), book).frames == nil)
    }

    @Test func `a position that was forgotten is found again`() async throws {
        let picture = Picture(positioned: 1)
        let book = try await book([picture])
        try book.loseFacts(of: picture)
        #expect(try !asset(picture, book).hasPosition)
        #expect(try await book.verify().codes == ["facts-missing"])
        #expect(try asset(picture, book).hasPosition)
    }

    @Test func `bytes that are not here, and what is no picture, are left alone`() async throws {
        let pdf = Array("%PDF-1.4\n%%EOF\n".utf8)
        var book = try await book(hasRemote: true)
        try await book.syncAll()
        try book.withCatalog { catalog in
            try catalog.write { writer in try writer.forgetPath(assetID: Picture(1).id, bookID: "b1") }
        }
        try book.removeBlob(Picture(1))
        try book.loseFacts(of: Picture(1))
        book.settings.importLimits.allowed.insert(.pdf)
        let workspace = try book.writing()
        let importer = try #require(workspace.importer)
        _ = try importer.commit([try await importer.prepare(pdf, book: "b1")], remote: nil)
        workspace.close()
        #expect(try await book.verify().findings.isEmpty)
    }

    @Test(arguments: [
        ("width = 7", "7 × 2 pixels for 3 × 2"), ("height = 9223372036854775807", "pixels for 3 × 2"),
        ("ext = 'jpg'", "extension 'jpg' for 'png'"), ("mime = 'image/gif'", "type 'image/gif' for 'image/png'"),
    ]) func `what the catalog says else than the bytes is told of, and put right`(
        change: String, words: String
    ) async throws {
        let book = try await book()
        let asset = try asset(Picture(1), book)
        try book.execute("UPDATE file_assets SET \(change) WHERE sha256 = '\(Picture(1).sha256)'")
        #expect(try await book.verify().findings.isEmpty)
        let told = try await book.verify {
            $0.isDryRun = true
            $0.readsData = true
        }
        #expect((told.status, told.codes) == (.success, ["facts-mismatch"]))
        let report = try await book.verify { $0.readsData = true }
        #expect((report.status, report.codes, report.learnt) == (.success, ["facts-mismatch"], 1))
        let notes = report.findings.flatMap(\.problem.notes)
        #expect(notes.contains { $0.contains(words) }, "\(notes)")
        let mended = try self.asset(Picture(1), book)
        #expect((mended.width, mended.height) == (asset.width, asset.height))
        #expect((mended.ext, mended.mime) == ("png", "image/png"))
        #expect(try await book.verify { $0.readsData = true }.findings.isEmpty)
    }

    @Test func `width and height of a turned picture change places, and what has no pixels is left alone`() {
        let png = Picture(1).bytes
        func asset(_ width: Int, _ height: Int, _ mime: String = "image/png", _ ext: String = "png") -> Asset {
            Asset(id: "a", sha256: SHA256Digest(of: png), ext: ext, mime: mime, size: 1, width: width, height: height)
        }
        #expect(!asset(Picture.width, Picture.height).isContradicted(by: png))
        #expect(!asset(Picture.height, Picture.width).isContradicted(by: png))
        #expect(!asset(Picture.width, Picture.height, "image/x-app", "jpeg").isContradicted(by: png))
        #expect(asset(Picture.width, Picture.height + 1).isContradicted(by: png))
        #expect(!asset(1, 1).isContradicted(by: Array("%PDF-1.4".utf8)))
    }

    @Test func `a part in which nothing lies is not advised to be read`() async throws {
        let book = try await book()
        let report = try await book.verify {
            $0.readsData = true
            $0.subset = DigestSubset("1/1000000")
        }
        #expect(report.filesRead == 0)
        #expect(!report.summary.contains("--read-data"))
    }

    /// A worker that cannot decode anything.
    private struct NoImages: ImageProbing {
        func probe(_ bytes: [UInt8], as format: ImageFormat) async throws -> ImageFacts {
            throw ImageError.damaged("not today")
        }
    }

    @Test func `a picture that cannot be decoded stays, and it is said why nothing is known`() async throws {
        var book = try await book()
        try book.loseFacts(of: Picture(2))
        book.images = NoImages()
        for _ in 0..<2 {
            let report = try await book.verify()
            #expect((report.status, report.codes, report.learnt) == (.success, ["facts-missing"], 0))
            #expect(report.findings.first?.problem.notes.contains { $0.contains("not today") } == true)
        }
        #expect(try book.temporary.read("data/books/b1/files/\(Picture(2).sha256)/original.png") == Picture(2).bytes)
    }
}
