import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Undoing in documents that were changed after the run: mention by mention.
struct ChangedSinceTests {
    /// - Parameters:
    ///   - before: the `attrs` objects of a chapter's nodes.
    ///   - edit: what somebody does to the text after the run.
    private func undone(
        _ before: [String], _ edit: (String) -> String
    ) async throws -> (text: String, report: RunReport) {
        var book = try TestBook()
        book.settings.editorHasAssetID = true
        book.settings.mediaRoot = book.temporary.path + "/media"
        for number in 1...3 {
            try book.temporary.write(Picture(number).bytes, to: "media/old.example/\(number).png")
        }
        try book.write(Chapter.nodes(before))
        #expect(try await book.run(.migrate).codes.isEmpty)
        try book.write(edit(try book.read()))
        let report = try await book.undo()
        return (try book.read(), report)
    }

    /// The `attrs` of all nodes, as somebody would read them.
    private func attributes(_ text: String) throws -> [[String: String]] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let nodes = try #require((root["content"] as? [String: Any])?["content"] as? [[String: Any]])
        return nodes.compactMap { $0["attrs"] as? [String: String] }
    }

    @Test func `a paragraph that was added moves nothing`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1"}"#, #"{"src":"https://old.example/2.png"}"#]) {
            $0.replacing(#""content":["#, with: #""content":[{"type":"paragraph"},"#)
        }
        #expect(report.codes.isEmpty)
        #expect(report.changedMentions == 2)
        #expect(try attributes(text) == [["src": Picture(1).dataURL], ["src": "https://old.example/2.png"]])
        #expect(text.contains(#"{"type":"paragraph"}"#))
    }

    @Test func `a document that an editor has saved is understood by what it says`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1","alt":"A"}"#]) { text in
            let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
            let data = try? JSONSerialization.data(
                withJSONObject: value as Any, options: [.prettyPrinted, .sortedKeys])
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
        #expect(report.codes.isEmpty)
        #expect(try attributes(text) == [["src": Picture(1).dataURL, "alt": "A"]])
    }

    @Test func `what else was changed in a mention stays changed`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1","alt":"old"}"#]) {
            $0.replacing(#""alt":"old""#, with: #""alt":"new","title":"T""#)
        }
        #expect(report.codes.isEmpty)
        #expect(try attributes(text) == [["src": Picture(1).dataURL, "alt": "new", "title": "T"]])
    }

    @Test func `a mention that says something else by now is named and stays`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1"}"#, #"{"src":"$data2"}"#]) {
            $0.replacing(#""attrs":{"assetId":"\#(Picture(1).id)"}"#, with: #""attrs":{"src":"https://new.example/x"}"#)
        }
        #expect(report.codes == ["not-undone"])
        #expect(report.status == .failure)
        #expect(report.diagnostics.compactMap(\.place?.pointer) == ["/content/content/0"])
        #expect(try attributes(text) == [["src": "https://new.example/x"], ["src": Picture(2).dataURL]])
    }

    @Test func `two mentions of one picture that were different are told by their order`() async throws {
        let nodes = [#"{"src":"$data1"}"#, #"{"src":"https://old.example/1.png"}"#, #"{"src":"$data1","alt":"B"}"#]
        let (text, report) = try await undone(nodes) {
            $0.replacing(#""content":["#, with: #""content":[{"type":"x"},"#)
        }
        #expect(report.codes.isEmpty)
        #expect(
            try attributes(text) == [
                ["src": Picture(1).dataURL], ["src": "https://old.example/1.png"],
                ["src": Picture(1).dataURL, "alt": "B"],
            ])
    }

    @Test func `where one of two alike is gone nobody guesses`() async throws {
        // Both were written the same, out of different things.
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Picture(1), to: "a.png")
        try book.write(Chapter.nodes([#"{"src":"$data1"}"#, #"{"src":"a.png"}"#]))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let node = #"{"type":"image","attrs":{"assetId":"$id1"}}"#
        let text = try book.read()
        let two = book.expanded(node + "," + node)
        #expect(text.contains(two))
        try book.write(text.replacing(two, with: book.expanded(node)))
        let left = try book.read()
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(report.diagnostics.count == 2)
        #expect(try book.read() == left)
    }

    @Test func `a field that became a FileRef is a string again`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(
            #"{"id":"b1","title":"old","coverImage":"$data1","gallery":["$data2","$data3"]}"#, to: "book.json")
        let before = try book.read("book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        try book.write(try book.read("book.json").replacing("old", with: "new"), to: "book.json")
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read("book.json") == before.replacing("old", with: "new"))
    }

    @Test func `content in a string is put back in the string`() async throws {
        let inner = #"{\"type\":\"doc\",\"content\":[{\"type\":\"image\",\"attrs\":{\"src\":\"$data1\"}}]}"#
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(#"{"id":"c1","bookId":"b1","title":"old","content":"\#(inner)"}"#)
        let before = try book.read()
        #expect(try await book.run(.migrate).codes.isEmpty)
        try book.write(try book.read().replacing("old", with: "new"))
        #expect(try await book.undo().codes.isEmpty)
        let after = try book.read()
        let expected = before.replacing("old", with: "new").dropLast()
        #expect(after.hasPrefix(String(expected)))
    }

    @Test func `lines are found by the ids of their documents`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        let lines = [Chapter.text(#"{"src":"$data1"}"#, id: "n1"), Chapter.text(#"{"src":"$data2"}"#, id: "n2")]
        try book.write(lines.joined(), to: "lines.ndjson")
        #expect(try await book.run(.migrate).codes.isEmpty)
        let after = try book.read("lines.ndjson").split(separator: "\n").map { $0 + "\n" }
        try book.write(after.reversed().joined(), to: "lines.ndjson")
        #expect(try await book.undo().codes.isEmpty)
        let text = try book.read("lines.ndjson")
        #expect(text.split(separator: "\n").map { $0.contains(Picture(2).dataURL) } == [true, false])
        #expect(text.split(separator: "\n").map { $0.contains(Picture(1).dataURL) } == [false, true])
    }

    @Test func `the links of a document that was not put back whole stay`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let links = try book.links()
        try book.write("changed")
        #expect(try await book.undo().codes == ["not-undone"])
        #expect(try book.links() == links)
        #expect(try book.read() == "changed")
    }
}

extension Chapter {
    /// As `text`, of nodes in an array.
    static func nodes(_ nodes: [String]) -> String {
        let content = nodes.map { #"{"type":"image","attrs":\#($0)}"# }.joined(separator: ",")
        return #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[\#(content)]}}"# + "\n"
    }
}
