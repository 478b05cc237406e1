import Testing
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestPictures

/// Pictures that were imported under another rule, or by an older stripper.
struct RestrippingTests {
    private let keeping: Workshop
    private let stripping: AssetImporter
    private var catalog: Catalog { keeping.catalog }

    init() throws {
        var limits = ImportLimits()
        limits.metadata = .keep
        keeping = try Workshop(limits: limits)
        limits.metadata = .stripGPS
        stripping = AssetImporter(
            catalog: keeping.catalog, folder: keeping.folder, images: keeping.images, limits: limits)
    }

    private func restrip(_ asset: Asset, remote: String? = nil) async throws -> AssetImporter.Restripped {
        try await stripping.restrip(try catalog.read { try $0.asset(id: asset.id) ?? asset }, remote: remote)
    }

    private func stripped(_ bytes: [UInt8]) throws -> SHA256Digest {
        SHA256Digest(of: try MetadataStripper.stripped(bytes, type: .png, rule: .stripGPS))
    }

    @Test func `a new asset takes the place of the old one, with its links`() async throws {
        let bytes = Pictures.positioned("one")
        let old = try await keeping.add(bytes).asset
        #expect(old.hasPosition)
        try catalog.write { writer in
            try writer.link(LinkSpec(assetID: old.id, entity: .book("b1"), role: "cover", description: "sea"))
            try writer.link(LinkSpec(assetID: old.id, entity: .character("c"), role: "gallery", sortOrder: 3))
        }
        let result = try await restrip(old)
        let new = try #require(result.new)
        #expect(result.warnings.isEmpty)
        #expect(new.sha256 == (try stripped(bytes)))
        #expect(new.id == AssetID.derived(from: new.sha256))
        #expect(!new.hasPosition)
        let links = try catalog.read { try $0.links(toAsset: new.id) }
        #expect(links.map(\.role) == ["cover", "gallery"])
        #expect(links.map(\.sortOrder) == [0, 3])
        #expect(links[0].description == "sea")
        #expect(try catalog.read { try $0.links(toAsset: old.id) } == [])
        #expect(try catalog.read { try $0.successor(of: old.sha256, inBook: "b1") } == new)
        // Nothing is taken away: the old one's row and bytes are there until clean-up.
        #expect(try catalog.read { try $0.asset(id: old.id) } != nil)
        #expect(keeping.store.find(old.sha256, books: ["b1"]) != nil)
        #expect(keeping.store.find(new.sha256, books: ["b1"]) != nil)
    }

    @Test func `what an older stripper left in content credentials goes, and is told of`() async throws {
        let box = Array("jumb".utf8) + TestExif(hasPosition: true).bytes
        let old = try await keeping.add(TestPicture.png(extra: [("caBX", box)])).asset
        try catalog.write { writer in
            try writer.noteStripped(
                assetID: old.id, sha256: old.sha256, rule: .stripGPS, stripperVersion: MetadataStripper.version - 1)
        }
        let result = try await restrip(old)
        #expect(result.warnings.map(\.code) == [.credentialsRemoved])
        #expect(try #require(result.new).sha256 == SHA256Digest(of: TestPicture.png()))
    }

    @Test func `a second run changes nothing and reads nothing`() async throws {
        let old = try await keeping.add(Pictures.positioned("one")).asset
        let plain = try await keeping.add(Pictures.png("two")).asset
        let new = try #require(try await restrip(old).new)
        #expect(try await restrip(plain).new == nil)
        let before = try catalog.read { try ($0.assets(), $0.predecessors(of: new.id)) }
        // The bytes are not there to be read.
        for asset in [old, plain, new] {
            let path = try #require(keeping.store.find(asset.sha256, books: ["b1"]))
            try keeping.folder.root.removeFile(path)
        }
        for asset in [old, plain, new] { #expect(try await restrip(asset).new == nil) }
        let after = try catalog.read { try ($0.assets(), $0.predecessors(of: new.id)) }
        #expect(before == after)
    }

    @Test func `the same source becomes the new one from now on`() async throws {
        let bytes = Pictures.positioned("one")
        let old = try await keeping.add(bytes).asset
        let new = try #require(try await restrip(old).new)
        for importer in [stripping, keeping.importer] {
            let again = try importer.commit([await importer.prepare(bytes, book: "b1")], remote: nil)[0]
            #expect(again.asset.id == new.id)
            #expect(again.wasKnown)
        }
        #expect(try catalog.read { try $0.counts().assets } == 2)
    }

    @Test func `every book of the asset gets the new one, and the remote`() async throws {
        let bytes = Pictures.positioned("one")
        let old = try await keeping.add(bytes).asset
        try await keeping.add(bytes, book: "b2")
        let new = try #require(try await restrip(old, remote: "r").new)
        #expect(try catalog.read { try $0.books(of: new.id) } == ["b1", "b2"])
        #expect(new.status == .pendingUpload)
        let pending = try catalog.read { try $0.pendingUploads(remote: "r").map(\.key) }
        #expect(Set(pending.map(\.bookID)) == ["b1", "b2"] && pending.allSatisfy { $0.assetID == new.id })
    }

    @Test func `two that differ in their metadata alone become one`() async throws {
        let plain = try await keeping.add(
            try MetadataStripper.stripped(Pictures.positioned("one"), type: .png, rule: .stripGPS)
        ).asset
        let old = try await keeping.add(Pictures.positioned("one")).asset
        try catalog.write { writer in
            for asset in [plain, old] {
                try writer.link(LinkSpec(assetID: asset.id, entity: .book("b1"), role: "gallery"))
            }
        }
        #expect(try await restrip(old).new?.id == plain.id)
        #expect(try catalog.read { try $0.links(toAsset: plain.id) }.count == 1)
    }

    @Test func `bytes that are not here are said and change nothing`() async throws {
        let old = try await keeping.add(Pictures.positioned("one")).asset
        try keeping.folder.root.removeFile(try #require(keeping.store.find(old.sha256, books: ["b1"])))
        let error = await #expect(throws: BlobError.self) { try await restrip(old) }
        #expect(error?.problem.code == .blobMissing)
        #expect(try catalog.read { try $0.hasReplacements() } == false)
    }

    @Test func `an older stripper's work is looked at again`() async throws {
        let asset = try await keeping.add(Pictures.png("one")).asset
        try catalog.write { writer in
            try writer.noteStripped(
                assetID: asset.id, sha256: asset.sha256, rule: .stripGPS,
                stripperVersion: MetadataStripper.version - 1)
        }
        func isDone() throws -> Bool {
            try catalog.read {
                try $0.isStripped(
                    assetID: asset.id, rule: .stripGPS, stripperVersion: MetadataStripper.version)
            }
        }
        #expect(try !isDone())
        #expect(try await restrip(asset).new == nil)
        #expect(try isDone())
    }
}
