import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// RULES 4 "Manifest": where the FileRefs of nodes stand.
struct ManifestPlanTests {
    private static let node = #"{"type":"image","attrs":{"src":"$data1"}}"#
    private static let done = #"{"type":"image","attrs":{"assetId":"$id1"}}"#

    private func quietBook() throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        return book
    }

    struct Inside: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String
    }

    static let inside = [
        Inside(
            testDescription: "the last member of the chapter",
            before: #"{"content":{"type":"doc","content":[\#(node)]},"bookId":"b1","id":"c1"}"#,
            after:
                #"{"content":{"type":"doc","content":[\#(done)]},"bookId":"b1","id":"c1","fileRefs":{\#(Chapter.entry(1))}}"#
        ),
        Inside(
            testDescription: "an own one in each embedded chapter",
            before:
                #"{"id":"b1","chapters":[{"id":"c1","content":{"type":"doc","content":[\#(node)]}},{"id":"c2","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"$data2"}}]}}]}"#,
            after:
                #"{"id":"b1","chapters":[{"id":"c1","content":{"type":"doc","content":[\#(done)]},"fileRefs":{\#(Chapter.entry(1))}},{"id":"c2","content":{"type":"doc","content":[{"type":"image","attrs":{"assetId":"$id2"}}]},"fileRefs":{\#(Chapter.entry(2))}}]}"#
        ),
        Inside(
            testDescription: "outside the string that the content is",
            before:
                #"{"id":"c1","bookId":"b1","content":"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"src\":\"$data1\"}}]}"}"#,
            after:
                #"{"id":"c1","bookId":"b1","content":"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"assetId\":\"$id1\"}}]}","fileRefs":{\#(Chapter.entry(1))}}"#
        ),
        Inside(
            testDescription: "one entry for two nodes, in their order",
            before:
                #"{"id":"c1","bookId":"b1","content":[{"type":"image","attrs":{"src":"$data2"}},\#(node),{"type":"divider","attrs":{"src":"$data2"}}]}"#,
            after:
                #"{"id":"c1","bookId":"b1","content":[{"type":"image","attrs":{"assetId":"$id2"}},\#(done),{"type":"divider","attrs":{"assetId":"$id2"}}],"fileRefs":{\#(Chapter.entry(2)),\#(Chapter.entry(1))}}"#
        ),
        Inside(
            testDescription: "entries that no node names stay",
            before:
                #"{"id":"c1","bookId":"b1","fileRefs":{"old":{"assetId":"old","sha256":"$sha9","x":1.0}},"content":[\#(node)]}"#,
            after:
                #"{"id":"c1","bookId":"b1","fileRefs":{"old":{"assetId":"old","sha256":"$sha9","x":1.0},\#(Chapter.entry(1))},"content":[\#(done)]}"#
        ),
        Inside(
            testDescription: "an empty one and a null one are filled",
            before: #"{"id":"c1","bookId":"b1","fileRefs":null,"content":[\#(node)]}"#,
            after: #"{"id":"c1","bookId":"b1","fileRefs":{\#(Chapter.entry(1))},"content":[\#(done)]}"#),
    ]

    @Test(arguments: inside) func `manifest stands`(_ inside: Inside) async throws {
        let book = try quietBook()
        try book.write(inside.before)
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read() == book.expanded(inside.after))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    struct Beside: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String
    }

    static let beside = [
        Beside(
            testDescription: "a bare doc", before: #"{"type":"doc","content":[\#(node)]}"#,
            after: #"{"type":"doc","content":[\#(done)]}"#),
        Beside(testDescription: "an array of nodes", before: "[\(node)]", after: "[\(done)]"),
        Beside(
            testDescription: "a wrapper without an id",
            before: #"{"format":"tiptap","document":{"type":"doc","content":[\#(node)]}}"#,
            after: #"{"format":"tiptap","document":{"type":"doc","content":[\#(done)]}}"#),
    ]

    @Test(arguments: beside) func `manifest stands in a file beside`(_ beside: Beside) async throws {
        var book = try quietBook()
        book.settings.books = ["b1"]
        try book.write(beside.before, to: "plain.json")
        let report = try await book.run(.migrate)
        #expect(report.codes.isEmpty)
        #expect(try book.read("plain.json") == book.expanded(beside.after))
        let sidecar = try book.read("plain.fileRefs.json")
        let expected = """
            {
              "$id1": {
                "assetId": "$id1",
                "sha256": "$sha1",
                "role": "attachment",
                "mime": "image/png",
                "width": 3,
                "height": 2
              }
            }

            """
        #expect(sidecar == book.expanded(expected))
        #expect(try await book.run(.migrate).changedDocuments == 0)
        #expect(try await book.run(.migrate).documents == 1, "the manifest file is no document")
    }

    @Test func `a manifest file keeps what it says of others`() async throws {
        var book = try quietBook()
        book.settings.books = ["b1"]
        try book.write(#"{"type":"doc","content":[\#(Self.node)]}"#, to: "plain.json")
        try book.write(#"{"old":{"assetId":"old","sha256":"$sha9"}}"#, to: "plain.fileRefs.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(
            try book.read("plain.fileRefs.json")
                == book.expanded(#"{"old":{"assetId":"old","sha256":"$sha9"},\#(Chapter.entry(1))}"#))
    }

    static let foreign = [#"[1,2]"#, #""text""#, #"{"a":{"b":1}}"#, "3"]

    @Test(arguments: foreign) func `a member of another shape is left and a file used`(_ value: String) async throws {
        let book = try quietBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#, manifest: value))
        let report = try await book.run(.migrate)
        #expect(report.codes == ["manifest-foreign"])
        #expect(report.severity(.manifestForeign) == .warning)
        #expect(try book.read() == book.expanded(Chapter.text(#"{"assetId":"$id1"}"#, manifest: value)))
        #expect(try book.read("c1.fileRefs.json").contains(Picture(1).sha256))
        #expect(try await book.run(.migrate).changedDocuments == 0)
    }

    @Test func `a manifest file that cannot be read keeps the document as it is`() async throws {
        var book = try quietBook()
        book.settings.books = ["b1"]
        let text = #"{"type":"doc","content":[\#(Self.node)]}"#
        try book.write(text, to: "plain.json")
        try book.write("[broken", to: "plain.fileRefs.json")
        let report = try await book.run(.migrate)
        #expect(report.diagnostics.map(\.code) == [.sidecarInvalid])
        #expect(report.diagnostics.map(\.place?.file) == [book.path + "/plain.fileRefs.json"])
        #expect((report.status, report.failedDocuments) == (.failure, 1))
        #expect(try book.read("plain.json") == book.expanded(text))
        #expect(try book.read("plain.fileRefs.json") == "[broken")
    }

    @Test func `a manifest file that is a link is not followed`() async throws {
        var book = try quietBook()
        book.settings.books = ["b1"]
        let text = #"{"type":"doc","content":[\#(Self.node)]}"#
        try book.write(text, to: "plain.json")
        try book.temporary.write("{}", to: "elsewhere.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/plain.fileRefs.json", withDestinationPath: book.temporary.path + "/elsewhere.json")
        let report = try await book.run(.migrate)
        #expect(report.status == .failure)
        #expect(try book.temporary.read("elsewhere.json") == Array("{}".utf8))
        #expect(try book.read("plain.json") == book.expanded(text))
    }

    @Test func `a bare doc among lines stays and the other lines are done`() async throws {
        var book = try quietBook()
        book.settings.books = ["b1"]
        let bare = #"{"type":"doc","content":[\#(Self.node)]}"#
        let broken = #"{"id":"#
        let lines = [
            Chapter.line(#"{"src":"$data1"}"#), bare, "", broken, Chapter.line(#"{"src":"$data2"}"#, id: "c2"),
        ]
        try book.write(lines.joined(separator: "\n") + "\n", to: "all.ndjson")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["no-manifest-place", "not-json"])
        #expect(report.status == .failure)
        #expect(report.problems(.noManifestPlace).count == 1)
        #expect(report.diagnostics.first { $0.code == .noManifestPlace }?.place?.line == 2)
        #expect(report.diagnostics.first { $0.code == .notJSON }?.place?.line == 4)
        let expected = [
            Chapter.line(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"), bare, "", broken,
            Chapter.line(#"{"assetId":"$id2"}"#, id: "c2", manifest: "{" + Chapter.entry(2) + "}"),
        ]
        #expect(try book.read("all.ndjson") == book.expanded(expected.joined(separator: "\n") + "\n"))
    }
}
