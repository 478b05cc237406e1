import Testing
import TipinDiagnostics
import TipinTestSupport

@testable import Tipin

/// What is shown of the text around a place.
struct ExcerptTests {
    /// - Parameter text: what stands around the place, which begins at `‹` and ends at `›`.
    private func excerpt(_ text: String) throws -> Excerpt? {
        let parts = text.split(separator: /[‹›]/, omittingEmptySubsequences: false)
        let file = DocumentFile(label: "a", path: "/a", relativePath: "a", root: "/", isNamed: true)
        let loaded = LoadedFile(file: file, bytes: Array(parts.joined().utf8), status: nil)
        return PlaceFinder(loaded).place(
            ofOffset: parts[0].utf8.count, length: parts[1].utf8.count, pointer: nil
        ).excerpt
    }

    static let long = String(repeating: "x", count: 3000)

    @Test(arguments: [
        (#"{"src":‹"http://ada:secret@h/a.png"›}"#, #"{"src":"http://h/a.png"}"#),
        (#"{"a":"http://ada:secret@h","src":‹"a.png"›}"#, #"h","src":"a.png"}"#),
        (#"{"a":"http://h/?sig=secret-that-is-long","src":‹"a.png"›}"#, #"","src":"a.png"}"#),
        (#"{"a":"http://h/?sig=\#(long)","src":‹"a.png"›}"#, #"…","src":"a.png"}"#),
        (#"{"src":‹"http://ada:\#(long)@h/a.png"›}"#, #"{"src":"http://…"#),
        (#"{"src":‹"http://ada:secret-\#(long.prefix(100))@h/a.png"›}"#, #"{"src":"http://"#),
        (#"{"c":"{\"src\":‹\"http:\/\/ada:secret@h\/a.png\"›}"}"#, #"{"c":"{\"src\":\"http:\/\/h\/a.png\"}"}"#),
        ("{\"src\":\n‹\"//ada:secret@h/a\"›\n}", "\"//h/a\""), ("{\"a\":\"b?sig=secret‹›", #"{"a":"b?…"#), ("‹›", ""),
        ("{\"a\":1‹›", #"{"a":1"#), ("{\n‹›", ""),
    ])
    func `secrets are cut out of it wherever they begin and end`(_ text: String, _ shown: String) throws {
        #expect(try excerpt(text)?.text ?? "" == shown)
    }

    @Test func `what is marked is what is left of the value`() throws {
        let excerpt = try #require(try excerpt(#"{"src":‹"http://ada:secret@h/a.png"›}"#))
        #expect((excerpt.indent, excerpt.width) == (7, 16))
    }
}
