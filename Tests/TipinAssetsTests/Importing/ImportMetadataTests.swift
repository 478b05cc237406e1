import Testing
import TipinAssets
import TipinDiagnostics
import TipinTestPictures
import TipinTestSupport

/// What an import does with what stands beside the picture, and what it says of it.
struct ImportMetadataTests {
    private let workshop: Workshop
    private var catalog: Catalog { workshop.catalog }

    init() throws { workshop = try Workshop() }

    @Test func `takes the position out and remembers what it was made of`() async throws {
        let found = Pictures.positioned()
        let imported = try await workshop.add(found)
        let kept = try MetadataStripper.stripped(found, type: .png, rule: .stripGPS)
        #expect(kept != found)
        #expect(imported.asset.sha256 == SHA256Digest(of: kept))
        #expect(!imported.asset.hasPosition)
        #expect(try catalog.read { try $0.asset(digest: SHA256Digest(of: found)) } == imported.asset)
        let again = try await workshop.add(found)
        #expect(again.wasKnown)
        #expect(again.asset == imported.asset)
        #expect(workshop.images.calls == 1)
        #expect(try await workshop.add(kept).asset == imported.asset)
    }

    @Test func `keeps the position where it is told to, and says so`() async throws {
        var limits = ImportLimits()
        limits.metadata = .keep
        let workshop = try Workshop(limits: limits)
        let imported = try await workshop.add(Pictures.positioned())
        #expect(imported.asset.hasPosition)
        #expect(imported.asset.sha256 == SHA256Digest(of: Pictures.positioned()))
        #expect(imported.warnings.isEmpty)
    }

    @Test func `a picture that was kept with its position is told of when it comes again under another rule`()
        async throws
    {
        var keep = ImportLimits()
        keep.metadata = .keep
        let bytes = Pictures.positioned("one")
        let keeping = AssetImporter(catalog: catalog, folder: workshop.folder, images: workshop.images, limits: keep)
        let kept = try keeping.commit([try await keeping.prepare(bytes, book: "b1")], remote: nil)[0]
        #expect(kept.asset.hasPosition == true)
        let again = try await workshop.add(bytes)
        #expect(again.asset.id == kept.asset.id)
        #expect(again.warnings.map(\.code) == [.positionInPicture])
        #expect(again.warnings.first?.help.first?.contains("tipin assets restrip") == true)
        #expect(try await keeping.prepare(bytes, book: "b1").warnings.isEmpty)
    }

    @Test func `a compressed text that is not kept is told of`() async throws {
        let bytes = TestPicture.png(extra: [("zTXt", Array("Comment\0\0x".utf8))])
        let imported = try await workshop.add(bytes)
        #expect(imported.asset.sha256 == SHA256Digest(of: TestPicture.png()))
        #expect(imported.warnings.map(\.code) == [.textRemoved])
        #expect(
            try await workshop.importer.limits.probe(bytes, with: workshop.images).warnings.map(\.code) == [
                .textRemoved
            ])
    }

    @Test(arguments: [
        (
            TestPicture.png(extra: [("tEXt", Array("Comment\0geo:52.5,13.4".utf8))]), DiagnosticCode.textRemoved,
            "text 'Comment'"
        ),
        (
            TestPicture.gif(blocks: [0x21, 0xFE, 14] + Array("geo:52.5,13.45".utf8) + [0]), .textRemoved, "comment"
        ),
        (
            TestPicture.jpeg(segments: TestPicture.segment(0xFE, Array("geo:52.5,13.45".utf8))), .textRemoved,
            "comment"
        ),
        (
            TestPicture.png(extra: [("caBX", Array("longitude".utf8))]), .credentialsRemoved, "content credentials"
        ),
        (
            TestPicture.jpeg(
                segments: TestPicture.segment(
                    0xEB, Array("JP\0\u{1}\0\0\0\u{1}\0\0\0\u{11}RESIlongitude".utf8))),
            .dataRemoved, "data box"
        ),
    ]) func `what goes as a whole because of a position in it is told of`(
        bytes: [UInt8], code: DiagnosticCode, name: String
    ) async throws {
        let imported = try await workshop.add(bytes)
        #expect(imported.warnings.map(\.code) == [code])
        #expect(imported.warnings.first?.notes.first?.contains("the \(name) of") == true)
    }
}
