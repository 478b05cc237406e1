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
}
