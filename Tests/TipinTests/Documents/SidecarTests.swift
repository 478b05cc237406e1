import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What is said of a manifest file that cannot be used.
struct SidecarTests {
    /// A manifest file, where in it what is wrong stands, and what that is.
    struct Fault: Sendable, CustomTestStringConvertible {
        let text: String
        let place: String
        let pointer: String?
        let note: String

        var testDescription: String { text }
    }

    static let faults = [
        Fault(
            text: "{\n  \"k1\": {\"sha256\": \"abc\"}\n}", place: "2:9", pointer: "/k1",
            note: "the 'sha256' of the entry 'k1' is not 64 hexadecimal digits"),
        Fault(text: #"{"k1":{}}"#, place: "1:7", pointer: "/k1", note: "the entry 'k1' has no 'sha256'"),
        Fault(text: #"{"a/b":7}"#, place: "1:8", pointer: "/a~1b", note: "what stands under 'a/b' is no object"),
        Fault(
            text: #"{"k1":}"#, place: "1:7", pointer: nil,
            note: "parse error: unallowed token at this point in JSON text"),
        Fault(text: "", place: "1:1", pointer: nil, note: "there is nothing in it"),
    ]

    private func book(_ manifest: String) throws -> TestBook {
        var book = try TestBook()
        book.settings.books = ["b1"]
        book.settings.editorHasAssetID = true
        let nodes = #"{"type":"image","attrs":{"assetId":"k1"}},{"type":"image","attrs":{"src":"$data1"}}"#
        try book.write(#"{"type":"doc","content":[\#(nodes)]}"#, to: "bare.json")
        try book.write(manifest, to: "bare.fileRefs.json")
        return book
    }

    @Test(arguments: faults) func `what is wrong is said once, with its place in the file`(_ fault: Fault) async throws
    {
        let book = try book(fault.text)
        for report in [try await book.check(), try await book.run(.migrate), try await book.run(.publish)] {
            let said = report.diagnostics.filter { $0.code == .sidecarInvalid }
            #expect(said.count == 1)
            let place = try #require(said.first?.place)
            #expect(place.file == book.path + "/bare.fileRefs.json")
            #expect("\(place.line ?? 0):\(place.column ?? 0)" == fault.place)
            #expect(place.pointer == fault.pointer)
            #expect(said[0].problem.notes.contains { $0.hasPrefix(fault.note) }, "\(said[0].problem.notes)")
        }
    }

    @Test func `what it may explain is not said to be missing in it`() async throws {
        let book = try book(#"{"k1":{}}"#)
        for report in [try await book.check(), try await book.run(.migrate)] {
            #expect(
                report.problems(.assetUnknown).map(\.notes) == [
                    ["the catalog does not have this id, and the document's manifest file cannot be used"]
                ])
        }
    }

    @Test(arguments: ["[]", #"[{"k1":{}}]"#, "7"]) func `what is no object is no manifest`(_ text: String) async throws
    {
        let book = try book(text)
        let report = try await book.check()
        #expect(
            report.problems(.sidecarInvalid).map(\.notes) == [["'\(book.path)/bare.fileRefs.json': not a manifest"]])
    }

    private static let typed =
        #"{"type":"chapter","id":"c1","bookId":"b1","content":{"type":"doc","content":["#
        + #"{"type":"image","attrs":{"assetId":"$id1"}}]}}"#

    @Test func `it counts where a document has a place for a manifest and none stands there`() async throws {
        let book = try TestBook()
        try book.write(Self.typed)
        #expect(try await book.check().codes.contains("asset-unknown"))
        try book.write("{" + Chapter.entry(1) + "}", to: "c1.fileRefs.json")
        #expect(try await !book.check().codes.contains("asset-unknown"))
    }

    @Test func `what it tells goes into the document's own manifest`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Self.typed)
        let before = try book.read()
        // Under an id of its own, which the catalog does not know.
        try book.write(before.replacing(Picture(1).id, with: "k1"))
        let file = #"{"k1":{"assetId":"k1","sha256":"$sha1","role":"divider"}}"#
        try book.write(file, to: "c1.fileRefs.json")
        let first = try book.read()
        for changed in [1, 0] {
            let report = try await book.run(.publish)
            #expect(report.codes.isEmpty)
            #expect(report.changedDocuments == changed)
            #expect(try book.read().contains(#""fileRefs":{"k1":{"assetId":"k1","sha256":"\#(Picture(1).sha256)""#))
            #expect(try book.read().contains(#""role":"divider""#))
            #expect(try book.read("c1.fileRefs.json") == book.expanded(file))
        }
        try await book.undo()
        #expect(try book.read() == first)
    }

    @Test func `it counts for what a manifest that stands does not tell`() async throws {
        let book = try TestBook()
        let nodes = [#"{"assetId":"$id1"}"#, #"{"assetId":"$id2"}"#]
        try book.write(Chapter.text(nodes[0], nodes[1], manifest: "{" + Chapter.entry(1) + "}"))
        try book.write("{" + Chapter.entry(2) + "}", to: "c1.fileRefs.json")
        #expect(try await !book.check().codes.contains("asset-unknown"))
    }

    @Test func `nobody reads it where the document's own manifest tells all`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"assetId":"$id1"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        try book.write(#"{"k1":{}}"#, to: "c1.fileRefs.json")
        #expect(try await !book.check().codes.contains("sidecar-invalid"))
    }

    @Test func `an address in it that expires keeps no document from being published`() async throws {
        let book = try TestBook()
        try await book.upload([Picture(1)])
        try book.write(Self.typed)
        let signed = "https://store.example/1.png?X-Amz-Date=20240501T090000Z&X-Amz-Expires=3600"
        try book.write("{" + Chapter.entry(1, #","remoteUrl":"\#(signed)""#) + "}", to: "c1.fileRefs.json")
        #expect(try await book.run(.publish).codes.isEmpty)
    }
}
