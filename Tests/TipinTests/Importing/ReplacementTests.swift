import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// Documents that mention an asset which another one replaced (RULES 3 "New ids").
struct ReplacementTests {
    /// A book in which picture 2 took the place of picture 1.
    private func book(
        hasRemote: Bool = false, uploads: Bool = false, _ reason: Replacement.Reason = .replace,
        only scope: String? = nil
    ) async throws -> TestBook {
        let book = try TestBook(hasRemote: hasRemote)
        try await book.store([Picture(1), Picture(2)])
        if uploads { #expect(try await book.syncAll().status == .success) }
        try book.withCatalog { catalog in
            _ = try catalog.write { writer in
                try writer.recordReplacement(
                    Replacement(
                        oldSHA256: SHA256Digest(of: Picture(1).bytes), oldAssetID: Picture(1).id,
                        newAssetID: Picture(2).id, book: scope, reason: reason))
            }
        }
        return book
    }

    private static let two =
        #"{"assetId":"$id2","sha256":"$sha2","role":"attachment","mime":"image/png","width":3,"height":2}"#

    @Test(arguments: [TestBook.Command.migrate, .resolve])
    func `a node is rewritten to the new one, once`(_ command: TestBook.Command) async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1","alt":"x"}"#))
        func run() async throws -> RunReport { try await book.run(command) { $0.profile = .portable } }
        #expect(try await run().codes.isEmpty)
        let expected = book.expanded(
            Chapter.text(#"{"assetId":"$id2","alt":"x"}"#, manifest: #"{"$id2":\#(Self.two)}"#))
        #expect(try book.read() == expected)
        let report = try await run()
        #expect(report.changedDocuments == 0 && report.codes.isEmpty)
        #expect(try book.read() == expected)
    }

    private static let oldEntry = #""$id1":{"assetId":"$id1","sha256":"$sha1","remoteUrl":"$url1","own":1}"#
    private static let otherEntry = #""else":{"assetId":"else","sha256":"$sha9","role":"map"}"#

    @Test func `the old one's manifest entry goes with its last mention, and undo brings it back`() async throws {
        let book = try await book()
        let before = book.expanded(
            Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{\(Self.oldEntry),\(Self.otherEntry)}"))
        try book.write(before)
        try await book.run(.migrate)
        let after = book.expanded(
            Chapter.text(#"{"assetId":"$id2"}"#, manifest: #"{\#(Self.otherEntry),"$id2":\#(Self.two)}"#))
        #expect(try book.read() == after)
        #expect(try await book.run(.migrate).changedDocuments == 0)
        try await book.undo()
        #expect(try book.read() == before)
    }

    @Test(arguments: [
        // Contradicts itself, so it is left.
        #"{"assetId":"$id1","src":"$data3"}"#,
        // Another picture whose address is still the old one's.
        #"{"assetId":"unknown","src":"$url1"}"#,
    ])
    func `it stays while a mention names the old one`(kept: String) async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, kept, manifest: "{\(Self.oldEntry)}"))
        try await book.run(.resolve) { $0.profile = .portable }
        let text = try book.read()
        #expect(text.contains(book.expanded(#"{"assetId":"$id2"}"#)) && text.contains(book.expanded(Self.oldEntry)))
    }

    @Test func `an entry that no mention named stays, and so does one of another book's replacement`() async throws {
        for scope in [nil, "b2"] {
            let book = try await book(only: scope)
            try book.write(Chapter.text(#"{"src":"$data3"}"#, manifest: "{\(Self.oldEntry)}"))
            try await book.run(.migrate)
            #expect(try book.read().contains(book.expanded(Self.oldEntry)))
        }
    }

    @Test func `an entry that an earlier run left goes too, and so does one in a manifest file`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id2"}"#, manifest: #"{\#(Self.oldEntry),"$id2":\#(Self.two)}"#))
        try book.write(#"[{"type":"image","attrs":{"assetId":"$id1"}}]"#, to: "bare.json")
        try book.write("{\n  \(Self.oldEntry)\n}\n", to: "bare.fileRefs.json")
        try book.write(#"{"id":"b1","gallery":[]}"#, to: "book.json")
        try await book.run(.resolve) { $0.profile = .portable }
        #expect(
            try book.read()
                == book.expanded(Chapter.text(#"{"assetId":"$id2"}"#, manifest: #"{"$id2":\#(Self.two)}"#)))
        let sidecar = try book.read("bare.fileRefs.json")
        #expect(!sidecar.contains(Picture(1).id) && sidecar.contains(Picture(2).id))
    }

    @Test func `a FileRef that names the old one by its digest alone names the new one as a whole`() async throws {
        let book = try await book(hasRemote: true, uploads: true)
        try book.write(#"{"id":"b1","coverImage":{"sha256":"$sha1","mime":"image/jpeg"}}"#, to: "book.json")
        #expect(try await book.run(.publish).codes.isEmpty)
        let facts = #""role":"cover","width":3,"height":2,"remoteUrl":"$url2""#
        let after = #"{"id":"b1","coverImage":{"sha256":"$sha2","mime":"image/png","assetId":"$id2",\#(facts)}}"#
        #expect(try book.read("book.json") == book.expanded(after))
        let again = try await book.run(.publish)
        #expect((again.codes, again.changedDocuments) == ([], 0))
    }

    @Test func `a FileRef names nothing of the old one any more, and keeps its role`() async throws {
        let book = try await book(hasRemote: true, uploads: true)
        let old =
            #"{"assetId":"$id1","sha256":"$sha1","role":"map","mime":"image/jpeg","width":9,"height":9,"remoteUrl":"$url1","x":1}"#
        try book.write(#"{"id":"b1","coverImage":\#(old)}"#, to: "book.json")
        #expect(try await book.run(.publish).codes.isEmpty)
        let after = try book.read("book.json")
        #expect(
            after.contains(book.expanded(#""sha256":"$sha2""#))
                && after.contains(book.expanded(#""remoteUrl":"$url2""#)))
        #expect(!after.contains(Picture(1).sha256) && !after.contains(Picture(1).id))
        #expect(after.contains(#""role":"map""#) && after.contains(#""width":3"#) && after.contains(#""x":1"#))
        #expect(try await book.run(.publish).changedDocuments == 0)
    }

    @Test func `the old one's address stays until the new one has its own`() async throws {
        let book = try await book(hasRemote: true)
        try book.withCatalog { catalog in
            _ = try catalog.write { writer in
                try writer.recordSourceURL("https://old.example/1.png", assetID: Picture(1).id)
            }
        }
        try book.write(Chapter.text(#"{"assetId":"$id1","src":"https://old.example/1.png"}"#))
        #expect(try await book.run(.resolve).codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"assetId":"$id2","src":"https://old.example/1.png"}"#)))
        #expect(try await book.run(.resolve).changedDocuments == 0)
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().contains(book.expanded(#"{"assetId":"$id2","src":"$url2"}"#)))
    }

    @Test func `bytes and paths beside the old id agree with it and go`() async throws {
        let book = try await book()
        for source in ["$data1", "$path1"] {
            try book.write(Chapter.text(#"{"assetId":"$id1","src":"\#(source)"}"#))
            #expect(try await book.run(.migrate).codes == ["src-removed"])
            #expect(try book.read().contains(book.expanded(#"{"assetId":"$id2"}"#)))
        }
        try book.write(Chapter.text(#"{"src":"$path1"}"#))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        #expect(try book.read().contains(book.expanded(#"{"assetId":"$id2"}"#)))
    }

    @Test func `another picture's bytes beside the old id still contradict it`() async throws {
        let book = try await book()
        let text = Chapter.text(#"{"assetId":"$id1","src":"$data3"}"#)
        try book.write(text)
        #expect(try await book.run(.migrate).codes == ["src-contradicts-asset"])
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `a replacement in another book changes nothing`() async throws {
        let book = try await book(only: "b2")
        let text = Chapter.text(#"{"assetId":"$id1"}"#)
        try book.write(text)
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read().contains(Picture(1).id))
    }

    @Test func `check says that a document shows the old one`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: #"{"$id1":{"assetId":"$id1","sha256":"$sha1"}}"#))
        let report = try await book.check()
        #expect(report.codes == ["asset-replaced"])
        #expect(report.severity(.assetReplaced) == .warning)
        #expect(try await book.check(.publish).severity(.assetReplaced) == .error)
    }

    @Test func `links of a document follow`() async throws {
        let book = try await book()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#))
        try await book.run(.migrate)
        let links = try book.withCatalog {
            try $0.read { reader in
                try (reader.links(toAsset: Picture(1).id).count, reader.links(toAsset: Picture(2).id).count)
            }
        }
        #expect(links == (0, 1))
    }
}
