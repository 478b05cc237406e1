import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// RULES 3, 1: what an id means.
struct AssetLookupTests {
    /// A catalog whose row for picture 1 has an id that an app gave.
    private func bookWithNamedRow(_ id: String) async throws -> TestBook {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(2)])
        let picture = Picture(1)
        try book.temporary.write(picture.bytes, to: "data/books/b1/files/\(picture.sha256)/original.png")
        try book.withCatalog { catalog in
            let digest = SHA256Digest(of: picture.bytes)
            _ = try catalog.write { writer in
                try writer.insert(
                    NewAsset(
                        id: id, sha256: digest, ext: "png", mime: "image/png", size: picture.bytes.count,
                        width: Picture.width, height: Picture.height, localPath: book.blobPath(picture)))
            }
        }
        return book
    }

    private static let namedRef =
        #"{"assetId":"cover-1","sha256":"$sha1","role":"attachment","mime":"image/png","width":3,"height":2}"#

    @Test func `a row's own id names its asset`() async throws {
        let book = try await bookWithNamedRow("cover-1")
        try book.write(Chapter.text(#"{"assetId":"cover-1"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let expected = Chapter.text(#"{"assetId":"cover-1"}"#, manifest: #"{"cover-1":\#(Self.namedRef)}"#)
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `the document's manifest decides where the catalog knows nothing of the id`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let text = Chapter.text(
            #"{"assetId":"mine"}"#,
            manifest:
                #"{"mine":{"assetId":"mine","sha256":"$sha1","role":"map","mime":"image/png","width":3,"height":2}}"#)
        try book.write(text)
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `manifest and row with two digests are ambiguous and stay untouched`() async throws {
        let book = try await bookWithNamedRow("cover-1")
        let text = Chapter.text(
            #"{"assetId":"cover-1"}"#, manifest: #"{"cover-1":{"assetId":"cover-1","sha256":"$sha2"}}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["id-ambiguous"])
        #expect(report.status == .failure)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `an alias holds for its own document only`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"assetId":"nano","src":"$data1"}"#))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        let manifest =
            #"{"nano":{"assetId":"nano","sha256":"$sha1","role":"attachment","mime":"image/png","width":3,"height":2}}"#
        #expect(try book.read() == book.expanded(Chapter.text(#"{"assetId":"nano"}"#, manifest: manifest)))
        // The editor dropped the manifest; the catalog remembers what the document called it.
        try book.write(Chapter.text(#"{"assetId":"nano"}"#))
        try book.write(Chapter.text(#"{"assetId":"nano"}"#, id: "c2"), to: "c2.json")
        let report = try await book.run(.migrate)
        #expect(report.diagnostics.map(\.place?.file) == [book.path + "/c2.json"])
        #expect(report.codes == ["asset-unknown"])
        #expect(try book.read() == book.expanded(Chapter.text(#"{"assetId":"nano"}"#, manifest: manifest)))
    }

    @Test(arguments: [true, false])
    func `an alias of a document without an id does not hold for another of the same name`(
        _ hasConfiguration: Bool
    ) async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.books = ["b1"]
        if hasConfiguration { book.settings.folder = book.temporary.path }
        let named = #"{"bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]}}"#
        try book.write(named.replacing(#""x""#, with: #""x","src":"$data1""#), to: "one/ch.json")
        try book.write(named, to: "two/ch.json")
        #expect(try await book.run(.migrate, [book.path + "/one"]).codes == ["src-removed"])
        #expect(try await book.run(.migrate, [book.path + "/two"]).codes == ["asset-unknown"])
        #expect(try book.read("two/ch.json") == named)
        // The document itself is known again by whatever PATH it is named.
        try book.write(named, to: "one/ch.json")
        #expect(try await book.run(.migrate, [book.path + "/one/ch.json"]).codes.isEmpty)
        let path = hasConfiguration ? "book/one/ch.json" : book.path + "/one/ch.json"
        let alias = try book.withCatalog { try $0.read { try $0.alias(id: "x", book: "b1", document: path) } }
        #expect(alias?.id == Picture(1).id)
    }

    @Test func `a string is an id where it is a row's own`() async throws {
        let book = try await bookWithNamedRow("cover-1")
        try book.write(#"{"id":"b1","coverImage":"cover-1"}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        let ref = #"{"assetId":"cover-1","sha256":"$sha1","role":"cover","mime":"image/png","width":3,"height":2}"#
        #expect(try book.read("book.json") == book.expanded(#"{"id":"b1","coverImage":\#(ref)}"#))
    }

    @Test func `a string that no row and no manifest knows is an address`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = #"{"id":"b1","coverImage":"cover-1"}"#
        try book.write(text, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["asset-missing"])
        #expect(try book.read("book.json") == text)
    }

    @Test func `an id made of other bytes is refused in a file reference`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = #"{"id":"b1","coverImage":{"assetId":"$id1","sha256":"$sha2","role":"cover"}}"#
        try book.write(text, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["bytes-do-not-match-id"])
        #expect(try book.read("book.json") == book.expanded(text))
    }

    @Test func `an id made of other bytes keeps the address's picture out`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = Chapter.text(#"{"assetId":"$id1","src":"$data2"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["bytes-do-not-match-id"])
        #expect(report.importedAssets == 0)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `an id that nobody knows is an error`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = Chapter.text(#"{"assetId":"lost"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-unknown"])
        #expect(report.severity(.assetUnknown) == .error)
        #expect(try book.read() == text)
    }

    @Test func `what one node's address tells of an id holds for the others`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"assetId":"nano"}"#, #"{"assetId":"nano","src":"$data1"}"#))
        #expect(try await book.run(.migrate, to: .nowhere).codes.isEmpty)
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        let manifest =
            #"{"nano":{"assetId":"nano","sha256":"$sha1","role":"attachment","mime":"image/png","width":3,"height":2}}"#
        let expected = Chapter.text(#"{"assetId":"nano"}"#, #"{"assetId":"nano"}"#, manifest: manifest)
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `an id with the addresses of two pictures is ambiguous`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = Chapter.text(
            #"{"assetId":"nano","src":"$data1"}"#, #"{"assetId":"nano","src":"$data2"}"#, #"{"assetId":"nano"}"#)
        try book.write(text)
        for _ in 1...2 {
            let report = try await book.run(.migrate)
            #expect(report.codes == ["id-ambiguous"])
            #expect(report.problems(.idAmbiguous).count == 3)
            #expect(report.status == .failure)
            #expect(try book.read() == book.expanded(text))
        }
    }

    @Test func `an id that manifest and address give to two pictures is ambiguous`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let chapters =
            #"{"id":"c1","content":{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]},"#
            + #""fileRefs":{"x":{"assetId":"x","sha256":"$sha1"}}},"#
            + #"{"id":"c2","content":{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x","src":"$data2"}}]}}"#
        let text = #"{"id":"b1","chapters":[\#(chapters)]}"#
        try book.write(text, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["id-ambiguous"])
        #expect(try book.read("book.json") == book.expanded(text))
    }

    @Test func `file references with one id and two pictures are ambiguous, and their nodes too`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1), Picture(2)])
        let node = #"{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]}"#
        let text =
            #"{"id":"b1","gallery":[{"assetId":"x","sha256":"$sha1"},{"assetId":"x","sha256":"$sha2"}],"#
            + #""chapters":[{"id":"c1","content":\#(node)}]}"#
        try book.write(text, to: "book.json")
        for _ in 1...2 {
            let report = try await book.run(.migrate)
            #expect(report.problems(.idAmbiguous).count == 3)
            #expect(try book.read("book.json") == book.expanded(text))
        }
        let alias = try book.withCatalog { try $0.read { try $0.alias(id: "x", book: "b1", document: "b1") } }
        #expect(alias == nil)
    }

    @Test func `copies of a document that call two pictures by one id teach the catalog nothing`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"assetId":"x","src":"$data1"}"#), to: "first.json")
        try book.write(Chapter.text(#"{"assetId":"x","src":"$data2"}"#), to: "second.json")
        #expect(try await book.run(.migrate).codes == ["id-ambiguous", "src-removed"])
        let alias = try book.withCatalog { try $0.read { try $0.alias(id: "x", book: "b1", document: "c1") } }
        #expect(alias == nil)
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `what a document's file reference tells of an id holds for its nodes in the same run`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let node = #"{"type":"doc","content":[{"type":"image","attrs":{"assetId":"x"}}]}"#
        let start =
            #"{"id":"b1","coverImage":{"assetId":"x","sha256":"$sha1","role":"cover","mime":"image/png","width":3,"height":2},"#
            + #""chapters":[{"id":"c1","content":\#(node)"#
        try book.write(start + "}]}", to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        let entry =
            #""x":{"assetId":"x","sha256":"$sha1","role":"attachment","mime":"image/png","width":3,"height":2}"#
        #expect(try book.read("book.json") == book.expanded(start + #","fileRefs":{\#(entry)}}]}"#))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `an id of other bytes fails its own mention alone`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write(Picture(1).bytes, to: "book/a.png")
        try book.write(Chapter.text(#"{"src":"a.png"}"#))
        let wrong = Chapter.text(#"{"assetId":"$id2","src":"a.png"}"#, id: "c2")
        try book.write(wrong, to: "c2.json")
        for _ in 1...2 {
            let report = try await book.run(.migrate)
            #expect(report.problems(.bytesDoNotMatchID).count == 1)
            #expect(try book.read("c2.json") == book.expanded(wrong))
        }
        let entry = #"{\#(Chapter.entry(1))}"#
        #expect(try book.read() == book.expanded(Chapter.text(#"{"assetId":"$id1"}"#, manifest: entry)))
    }

    @Test func `bytes that no mention's id can mean are not imported`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = Chapter.text(#"{"assetId":"$id2","src":"$data1"}"#, #"{"assetId":"$id3","src":"$data1"}"#)
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.problems(.bytesDoNotMatchID).count == 2)
        #expect(report.importedAssets == 0)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `resolving makes no asset of a path that nobody knows`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(2)])
        let text = Chapter.text(
            #"{"src":"/x/files/$sha1/original.png"}"#, #"{"src":"asset://localhost/x/files/$sha1/original.png"}"#)
        try book.write(text)
        #expect(try await book.run(.resolve).codes == ["not-imported"])
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `an empty id and an empty digest are as good as none`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","gallery":[{"assetId":"","sha256":"","path":"$data1"}]}"#, to: "book.json")
        #expect(try await book.run(.migrate).status == .success)
        let facts = #""role":"gallery","mime":"image/png","width":3,"height":2"#
        let ref = #"{"assetId":"$id1","sha256":"$sha1","path":null,\#(facts)}"#
        #expect(try book.read("book.json") == book.expanded(#"{"id":"b1","gallery":[\#(ref)]}"#))
    }

    @Test func `a digest in a node's attributes helps to find the asset`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(Chapter.text(#"{"assetId":"nano","sha256":"$sha1"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let manifest =
            #"{"nano":{"assetId":"nano","sha256":"$sha1","role":"attachment","mime":"image/png","width":3,"height":2}}"#
        #expect(
            try book.read()
                == book.expanded(Chapter.text(#"{"assetId":"nano","sha256":"$sha1"}"#, manifest: manifest)))
    }

    @Test func `the digest as found has the row's id`() async throws {
        let book = try TestBook(hasRemote: false)
        let positioned = Picture(positioned: 1)
        try book.write(Chapter.text(#"{"src":"\#(positioned.dataURL)"}"#))
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c2"), to: "c2.json")
        let report = try await book.run(.migrate)
        #expect(report.importedAssets == 1)
        #expect(try book.read().contains(Picture(1).id))
        #expect(try book.read("c2.json").contains(Picture(1).id))
    }

    private static let found = Picture(positioned: 1)

    /// The beginning of a file reference without an id, and of what becomes of it.
    static let foundFields = [
        (#""sha256":"\#(found.sha256)""#, #""sha256":"$sha1""#),
        (#""sha256":"\#(found.sha256.uppercased())","alt":"x""#, #""sha256":"$sha1","alt":"x""#),
        (
            #""url":"\#(found.dataURL)","sha256":"\#(found.sha256)""#,
            #""url":"$url1","sha256":"$sha1""#
        ),
    ]

    @Test(arguments: foundFields, [TestBook.Command.migrate, .publish])
    func `the digest as found gives way to that of the bytes whose id is written`(
        field: (before: String, after: String), command: TestBook.Command
    ) async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"\#(Self.found.dataURL)"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        try book.write(#"{"id":"b1","coverImage":{\#(field.before)}}"#, to: "book.json")
        let facts = #""assetId":"$id1","role":"cover","mime":"image/png","width":3,"height":2,"remoteUrl":"$url1""#
        let expected = book.expanded(#"{"id":"b1","coverImage":{\#(field.after),\#(facts)}}"#)
        for changed in [1, 0] {
            let report = try await book.run(command)
            #expect((report.codes, report.changedDocuments) == ([], changed))
            #expect(try book.read("book.json") == expected)
        }
        #expect(try await book.run(.publish).status == .success)
    }

    @Test func `the digest as found gives way beside an id that an app gave`() async throws {
        let book = try await bookWithNamedRow("cover-1")
        try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.recordSource(
                    sourceSHA256: SHA256Digest(of: Self.found.bytes), assetID: "cover-1", rule: .stripGPS,
                    stripperVersion: 1)
            }
        }
        try book.write(#"{"id":"b1","coverImage":{"sha256":"\#(Self.found.sha256)"}}"#, to: "book.json")
        let facts = #""assetId":"cover-1","role":"cover","mime":"image/png","width":3,"height":2"#
        let expected = book.expanded(#"{"id":"b1","coverImage":{"sha256":"$sha1",\#(facts)}}"#)
        for changed in [1, 0] {
            let report = try await book.run(.migrate)
            #expect((report.codes, report.changedDocuments) == ([], changed))
            #expect(try book.read("book.json") == expected)
        }
    }
}
