import Testing
import TipinJSON
import TipinTestSupport

@testable import TipinDocument

/// A chapter that has a `type` is one all the same: nodes hold nodes and never a whole document.
struct ChapterTypeTests {
    private static let nodes = #"[{"type":"image","attrs":{"src":«"a"»}}]"#
    private static let doc = #"{"type":"doc","content":\#(nodes)}"#

    @Test(arguments: [
        #"{"id":"c1","type":"chapter","bookId":"b1","content":\#(doc)}"#, #"{"type":"chapter","content":\#(doc)}"#,
        #"{"content":\#(doc),"type":"document","id":"c1"}"#,
        #"{"id":"c1","type":"chapter","content":\#(nodes),"bookId":"b1"}"#,
    ])
    func `a whole document or a book makes a chapter`(text: String) throws {
        let document = try Collected(text).document
        #expect(document.kind == .chapter)
        #expect(document.manifests.map(\.pointer) == [""])
        #expect(document.mentions.map(\.manifest) == [0])
    }

    @Test func `a document in a string makes a chapter`() throws {
        let text = #"{"type":"chapter","content":"{\"type\":\"doc\",\"content\":[]}"}"#
        #expect(try Collected(text).document.kind == .chapter)
    }

    @Test(arguments: [
        #"{"type":"doc","bookId":"b1","content":\#(nodes)}"#, #"{"type":"blockquote","content":\#(nodes)}"#,
        #"{"type":"document","bookId":"b1","content":\#(nodes)}"#,
    ])
    func `nodes alone make a node`(text: String) throws {
        let document = try Collected(text).document
        #expect(document.kind == .doc)
        #expect(document.manifests.isEmpty)
    }

    @Test func `what stands among the chapters of a book is one`() throws {
        let text = #"{"id":"b1","chapters":[{"type":"chapter","content":\#(Self.nodes)}]}"#
        #expect(try Collected(text).document.manifests.map(\.pointer) == ["/chapters/0"])
    }
}
