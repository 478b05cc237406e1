import Foundation
import Testing
import TipinDiagnostics
import TipinJSON
import TipinTestSupport

@testable import Tipin

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
        #expect(report.codes == ["manifest-unused"])
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
        #expect(report.codes == ["manifest-unused"])
        #expect(try attributes(text) == [["src": Picture(1).dataURL, "alt": "A"]])
    }

    @Test(arguments: [
        (#"{"src":"$data1"}"#, #""src":null,"alt":null,"#, #"{"src":"$data1","alt":null}"#),
        (#"{"src":"$data1","assetId":null}"#, #""src":null,"#, #"{"src":"$data1","assetId":null}"#),
        (#"{"url":"$data1","alt":"A"}"#, #""src":null,"#, #"{"src":null,"url":"$data1","alt":"A"}"#),
    ])
    func `an editor that writes null for what is missing changes nothing`(
        _ before: String, _ added: String, _ expected: String
    ) async throws {
        let (text, report) = try await undone([before]) { $0.replacing(#""attrs":{"#, with: #""attrs":{"# + added) }
        #expect(report.problems(.notUndone).isEmpty)
        #expect(report.changedMentions == 1)
        #expect(text.contains(#""attrs":"# + expected.replacing("$data1", with: Picture(1).dataURL)), "\(text)")
    }

    @Test func `entries that no mention needs any more are named`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1"}"#, #"{"src":"$data1"}"#, #"{"src":"$data2"}"#]) {
            $0.replacing(#""bookId""#, with: #""title":"T","bookId""#)
        }
        #expect(report.codes == ["manifest-unused"])
        #expect(report.severity(.manifestUnused) == .note)
        #expect(report.status == .success)
        #expect(report.problems(.manifestUnused).first?.notes.first?.hasPrefix("2 of them") == true)
        #expect(text.contains(Picture(1).id))
    }

    @Test func `entries that another mention needs are not named`() async throws {
        let (_, report) = try await undone([#"{"src":"$data1"}"#]) {
            $0.replacing(
                #""content":["#,
                with: #""content":[{"type":"figure","attrs":{"title":"T","assetId":"\#(Picture(1).id)"}},"#)
        }
        #expect(!report.codes.contains("manifest-unused"))
    }

    @Test func `what a run wrote into entries alone stays with a note, and the runs before it can be undone`()
        async throws
    {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        #expect(try await book.run(.resolve) { $0.profile = .device }.changedDocuments == 1)
        let changed = try book.read().replacing(#""bookId""#, with: #""title":"T","bookId""#)
        try book.write(changed)
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(report.severity(.notUndone) == .note)
        #expect(report.status == .success)
        #expect(try book.read() == changed)
        #expect(try await book.undo().changedMentions == 1)
        #expect(try book.read().contains(Picture(1).dataURL))
    }

    @Test func `what else was changed in a mention stays changed`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1","alt":"old"}"#]) {
            $0.replacing(#""alt":"old""#, with: #""alt":"new","title":"T""#)
        }
        #expect(report.codes == ["manifest-unused"])
        #expect(try attributes(text) == [["src": Picture(1).dataURL, "alt": "new", "title": "T"]])
    }

    @Test func `a mention that says something else by now is named and stays`() async throws {
        let (text, report) = try await undone([#"{"src":"$data1"}"#, #"{"src":"$data2"}"#]) {
            $0.replacing(#""attrs":{"assetId":"\#(Picture(1).id)"}"#, with: #""attrs":{"src":"https://new.example/x"}"#)
        }
        #expect(report.codes == ["manifest-unused", "not-undone"])
        #expect(report.status == .failure)
        #expect(report.diagnostics.allSatisfy { $0.place?.pointer == nil })
        #expect(
            report.problems(.notUndone).map(\.notes) == [
                [
                    #"the run wrote {"assetId":"\#(Picture(1).id)"}"#,
                    "at '/content/content/0' of the document as it was then",
                    #"before, it said {"src":"\#(Picture(1).dataURL.prefix(38))…"}"#,
                ]
            ])
        #expect(try attributes(text) == [["src": "https://new.example/x"], ["src": Picture(2).dataURL]])
    }

    @Test func `two mentions of one picture that were different are told by their order`() async throws {
        let nodes = [#"{"src":"$data1"}"#, #"{"src":"https://old.example/1.png"}"#, #"{"src":"$data1","alt":"B"}"#]
        let (text, report) = try await undone(nodes) {
            $0.replacing(#""content":["#, with: #""content":[{"type":"x"},"#)
        }
        #expect(report.codes == ["manifest-unused"])
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

    // MARK: What the run never touched

    /// A document with a picture that an earlier run has done and, after it, one that a later run has done.
    private func twins(
        _ first: String, _ second: String, _ change: (inout TestBook, inout RunOptions) throws -> Void = { _, _ in }
    ) async throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.nodes([first]))
        try await book.store([Picture(1)])
        #expect(try await book.run(.migrate).codes.isEmpty)
        try book.write(try book.read().replacing("]}", with: #",{"type":"image","attrs":\#(second)}]}"#))
        var options: [String: String] = [:]
        var dropsSrc = false
        var asked = RunOptions(paths: [], profile: .portable, destination: .inPlace)
        try change(&book, &asked)
        (options, dropsSrc) = (asked.substitutions, asked.dropsSrc)
        let report = try await book.run(.migrate) { ($0.substitutions, $0.dropsSrc) = (options, dropsSrc) }
        #expect(report.codes.isEmpty)
        #expect(report.changedMentions == 1)
        return book
    }

    @Test func `a mention of an earlier run that says the same is left alone`() async throws {
        let book = try await twins(#"{"src":"$data1"}"#, #"{"src":"$data1"}"#)
        try book.write(try book.read() + " ")
        #expect(try await book.undo().codes.isEmpty)
        #expect(try attributes(try book.read()) == [["assetId": Picture(1).id], ["src": Picture(1).dataURL]])
    }

    @Test func `a mention that said it from the start is left alone`() async throws {
        let lost = "https://x.invalid/lost.png?x=1"
        let book = try await twins(#"{"assetId":"$id1"}"#, #"{"src":"\#(lost)"}"#) { book, options in
            try book.write(Picture(1), to: "found/1.png")
            options.substitutions = [lost: book.path + "/found/1.png"]
            options.dropsSrc = true
        }
        try book.write(try book.read() + " ")
        #expect(try await book.undo().codes.isEmpty)
        #expect(try attributes(try book.read()) == [["assetId": Picture(1).id], ["src": lost]])
    }

    @Test func `it is told by its place among its like, wherever they moved to`() async throws {
        let book = try await twins(#"{"src":"$data1"}"#, #"{"src":"$data1"}"#)
        try book.write(
            try book.read().replacing(#""content":["#, with: #""content":[{"type":"paragraph"},"#))
        #expect(try await book.undo().codes.isEmpty)
        #expect(try attributes(try book.read()) == [["assetId": Picture(1).id], ["src": Picture(1).dataURL]])
    }

    @Test func `where one of its like is gone or new nobody guesses`() async throws {
        let node = #"{"type":"image","attrs":{"assetId":"\#(Picture(1).id)"}}"#
        for other in [node, node + "," + node + "," + node] {
            let book = try await twins(#"{"src":"$data1"}"#, #"{"src":"$data1"}"#)
            try book.write(try book.read().replacing(node + "," + node, with: other))
            let left = try book.read()
            let report = try await book.undo()
            #expect(report.codes == ["not-undone"])
            #expect(report.writtenPointers == ["/content/content/1"])
            #expect(try book.read() == left)
        }
    }

    @Test func `a copy that was made after the run is left alone`() async throws {
        let node = #"{"type":"image","attrs":{"assetId":"\#(Picture(1).id)"}}"#
        let (text, report) = try await undone([#"{"src":"$data1"}"#]) { $0.replacing(node, with: node + "," + node) }
        // The copy needs the entry.
        #expect(report.severity(.notUndone) == .note)
        #expect(report.codes == ["not-undone"])
        #expect(try attributes(text) == [["src": Picture(1).dataURL], ["assetId": Picture(1).id]])
        let moved = try await undone([#"{"src":"$data1"}"#]) {
            $0.replacing(node, with: #"{"type":"paragraph"},"# + node + "," + node)
        }
        #expect(moved.report.codes == ["not-undone"])
        #expect(try attributes(moved.text) == [["assetId": Picture(1).id], ["assetId": Picture(1).id]])
    }

    @Test func `what an earlier undoing put back is not named when it is done again`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.nodes([#"{"src":"$data1"}"#, #"{"src":"$data2"}"#]))
        #expect(try await book.run(.migrate).codes.isEmpty)
        let done = try book.read()
        try book.write(done.replacing(Picture(2).id, with: "other") + " ")
        let first = try await book.undo()
        #expect(first.writtenPointers == ["/content/content/1"])
        #expect((first.changedDocuments, first.failedDocuments, first.partlyDoneDocuments) == (0, 1, 1))
        #expect(try book.runs().map(\.undoneBy) == [nil, nil])
        let again = try await book.undo()
        #expect(again.run == first.run)
        #expect(again.writtenPointers == ["/content/content/1"])
        try book.write(try book.read().replacing("other", with: Picture(2).id))
        let last = try await book.undo()
        #expect(last.codes == ["manifest-unused"])
        #expect(try attributes(try book.read()) == [["src": Picture(1).dataURL], ["src": Picture(2).dataURL]])
        #expect(try book.runs()[0].undoneBy == book.runs().last?.id)
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
        #expect(try await book.undo().codes == ["manifest-unused"])
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
        #expect(try await book.undo().codes == ["manifest-unused"])
        let text = try book.read("lines.ndjson")
        #expect(text.split(separator: "\n").map { $0.contains(Picture(2).dataURL) } == [true, false])
        #expect(text.split(separator: "\n").map { $0.contains(Picture(1).dataURL) } == [false, true])
    }

    @Test func `a line that is gone is named by its document, and the others by where they are now`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        let lines = (1...3).map { Chapter.text(#"{"src":"$data\#($0)"}"#, id: "n\($0)") }
        try book.write(lines.joined(), to: "lines.ndjson")
        #expect(try await book.run(.migrate).codes.isEmpty)
        let after = try book.read("lines.ndjson").split(separator: "\n").map { $0 + "\n" }
        let changed = after[2].replacing(#""attrs":{"assetId":"\#(Picture(3).id)"}"#, with: #""attrs":{"src":"x"}"#)
        try book.write("\(after[0])\(changed)", to: "lines.ndjson")
        let report = try await book.undo()
        #expect(report.codes == ["manifest-unused", "not-undone"])
        #expect(report.failedDocuments == 1)
        let diagnostics = report.diagnostics.filter { $0.code == .notUndone }
            .sorted { ($0.place?.line ?? 0) < ($1.place?.line ?? 0) }
        #expect(diagnostics.map(\.place?.line) == [nil, 2])
        #expect(diagnostics[0].problem.headline == "document is not in the file any more")
        #expect(diagnostics[0].problem.notes == ["it has the id 'n2'"])
        #expect(try book.read("lines.ndjson").hasPrefix(book.expanded(String(lines[0].dropLast(3)))))
    }

    @Test func `thousands of different pictures are told apart in one pass`() async throws {
        let count = 6000
        func document(_ attributes: (Int) -> String) -> [UInt8] {
            Array(Chapter.nodes((0..<count).map(attributes)).utf8)
        }
        let before = document { #"{"src":"https://old.example/\#($0).png"}"# }
        let after = document { #"{"assetId":"picture-\#($0)"}"# }
        let file = DocumentFile(
            label: "c1.json", path: "/c1.json", relativePath: "c1.json", root: "/", isNamed: true)
        let collect = Collect(Settings())
        let mentions = (collect.documents(in: before, of: file)[0], collect.documents(in: after, of: file)[0])
        var change = RecordedChange(
            path: "/c1.json", label: "c1.json", kind: "chapter", before: FileState(of: before),
            after: FileState(of: after), edits: [])
        change.edits = zip(mentions.0.collected.mentions, mentions.1.collected.mentions).map { old, new in
            RecordedEdit(
                offset: Int(old.owned.start), old: RecordedBytes(before[old.owned.range]),
                new: RecordedBytes(after[new.owned.range]), pointer: mentions.0.collected.ownerPointer(of: old))
        }
        let documents = collect.documents(in: after + [0x20], of: file)
        var result = MentionRestorer.Result()
        let time = processorTime { result = MentionRestorer(documents).restore(change) }
        #expect(result.left.isEmpty)
        #expect(result.edits.map(\.edit).applied(to: after) == before)
        // Each with each would be 36 million comparisons, which take minutes.
        #expect(time < .seconds(30), "\(time)")
    }

    @Test(arguments: [
        ("changed", "file is no JSON any more and stays"), ("{}", "file is no document any more and stays"),
    ])
    func `what is no document any more is told of once`(_ text: String, _ headline: String) async throws {
        let (left, report) = try await undone([#"{"src":"$data1"}"#, #"{"src":"$data2"}"#]) { _ in text }
        #expect(left == text)
        #expect(report.problems(.notUndone).map(\.headline) == [headline])
        #expect(report.failedDocuments == 1)
    }

    @Test func `addresses of earlier pictures are told without secrets`() async throws {
        let (_, report) = try await undone([#"{"src":"https://old.example/2.png?token=secret","alt":"A"}"#]) {
            $0.replacing(Picture(2).id, with: "other")
        }
        let notes = report.problems(.notUndone).flatMap(\.notes)
        #expect(notes.last == #"before, it said {"src":"https://old.example/2.png?…","alt":"A"}"#, "\(notes)")
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

extension RunReport {
    /// Where the mentions that an undoing left stood when the run had written them.
    fileprivate var writtenPointers: [String] {
        diagnostics.flatMap(\.problem.notes).compactMap {
            $0.firstMatch(of: /^at '(.*)' of the document/).map { String($0.1) }
        }
    }
}

extension Chapter {
    /// As `text`, of nodes in an array.
    static func nodes(_ nodes: [String]) -> String {
        let content = nodes.map { #"{"type":"image","attrs":\#($0)}"# }.joined(separator: ",")
        return #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[\#(content)]}}"# + "\n"
    }
}
