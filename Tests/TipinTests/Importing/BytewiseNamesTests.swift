import Testing
import Tipin
import TipinAssets
import TipinDocument
import TipinTestSupport

/// Ids and addresses are bytes: two spellings that a reader cannot tell apart are two.
struct BytewiseNamesTests {
    private static let composed = "\u{E9}"
    private static let decomposed = "e\u{301}"

    @Test func `two files whose names differ in their normal form are two pictures`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write(Picture(1).bytes, to: "book/\(Self.composed).png")
        try book.temporary.write(Picture(2).bytes, to: "book/\(Self.decomposed).png")
        try book.write(Chapter.text(#"{"src":"\#(Self.composed).png"}"#, #"{"src":"\#(Self.decomposed).png"}"#))
        #expect(try await book.run(.migrate).importedAssets == 2)
        let manifest = "{" + Chapter.entry(1) + "," + Chapter.entry(2) + "}"
        let expected = Chapter.text(#"{"assetId":"$id1"}"#, #"{"assetId":"$id2"}"#, manifest: manifest)
        #expect(try book.read() == book.expanded(expected))
    }

    @Test func `two ids that differ in their normal form are two`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(
            Chapter.text(
                #"{"assetId":"\#(Self.composed)","src":"$data1"}"#,
                #"{"assetId":"\#(Self.decomposed)","src":"$data2"}"#))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        try expectManifest(of: book)
        // The catalog knows both too.
        try book.write(Chapter.text(#"{"assetId":"\#(Self.decomposed)"}"#, #"{"assetId":"\#(Self.composed)"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        try expectManifest(of: book)
        #expect(try await book.check().codes == ["src-removed"])
    }

    private func expectManifest(of book: TestBook) throws {
        let text = try book.read()
        #expect(text.contains(#""\u00e9":{"assetId":"\u00e9","sha256":"\#(Picture(1).sha256)""#))
        #expect(text.contains(#""e\u0301":{"assetId":"e\u0301","sha256":"\#(Picture(2).sha256)""#))
    }

    @Test func `two entities whose ids differ in their normal form have links of their own`() async throws {
        let book = try TestBook(hasRemote: false)
        let avatars = [Self.composed, Self.decomposed].enumerated().map { index, id in
            #"{"id":"\#(id)","avatar":"$data\#(index + 1)"}"#
        }
        try book.write(#"{"id":"b1","characters":[\#(avatars.joined(separator: ","))]}"#, to: "book.json")
        #expect(try await book.run(.migrate).status == .success)
        for (number, id) in [(1, Self.composed), (2, Self.decomposed)] {
            let entity = Entity(type: .character, id: id)
            let linked = try book.withCatalog { try $0.read { try $0.links(of: entity, role: nil).map(\.assetID) } }
            #expect(linked == [Picture(number).id])
        }
    }

    @Test(arguments: [#"{"assetId":"\ud800","src":"$data1"}"#, #"{"assetId":"\uD801"}"#, #"{"assetId":"a\udc00"}"#])
    func `an id that is no text names nothing`(_ node: String) async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let entry = #""\ud801":{"assetId":"\ud801","sha256":"$sha1"},"\ufffd":{"assetId":"\ufffd","sha256":"$sha1"}"#
        let text = Chapter.text(node, manifest: "{\(entry)}")
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["asset-unknown"])
        #expect(report.importedAssets == 0)
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `a file reference with an id that is no text stays`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        let text = #"{"id":"b1","gallery":[{"assetId":"\ud800","sha256":"$sha1"}]}"#
        try book.write(text, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["asset-unknown"])
        #expect(try book.read("book.json") == book.expanded(text))
    }

    @Test func `an id with a replacement character of its own is an id`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"assetId":"\ufffd","src":"$data1"}"#))
        #expect(try await book.run(.migrate).codes == ["src-removed"])
        #expect(try book.read().contains(#""\ufffd":{"assetId":"\ufffd""#))
    }
}
