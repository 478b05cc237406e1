import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

@testable import Tipin

/// An output folder inside a PATH: what runs wrote there is passed over, and sources are not.
struct OutputPlaceTests {
    private let book: TestBook
    private static let bare = #"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#

    init() throws {
        var book = try TestBook(hasRemote: false)
        book.settings.books = ["b1"]
        book.settings.editorHasAssetID = true
        book.images = HeaderImages()
        self.book = book
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "c1.json")
        try book.write(Self.bare, to: "bare.json")
        try book.write(Self.lines(["n1", "n2"]), to: "all.ndjson")
    }

    private static func lines(_ ids: [String]) -> String {
        ids.map { Chapter.line(#"{"src":"$data1"}"#, id: $0) + "\n" }.joined()
    }

    private var out: Destination { .folder(book.path + "/out") }

    /// - Returns: what is said of the first source that stands in the output folder; `nil` for none.
    private func note() throws -> String? {
        var check = DestinationCheck(out)
        do {
            try check.check([PathGroup(settings: book.settings, paths: [book.path])], host: book.host)
            return nil
        } catch {
            #expect(error.problem.code == .usage)
            return error.problem.notes.first
        }
    }

    private func file(_ name: String) -> DocumentFile {
        let folder = book.path + "/out"
        return DocumentFile(
            label: name, path: folder + "/" + name, relativePath: name, root: folder, isNamed: true)
    }

    private func remove(_ names: String...) throws {
        for name in names { try FileManager.default.removeItem(atPath: book.path + "/" + name) }
    }

    private func prune() async throws -> RunReport {
        let recording = Recording(Journal(command: "migrate", destination: out, clock: book.host.clock))
        var report = RunReport(command: "migrate")
        let prune = try #require(OutputPrune(out, host: book.host))
        try await prune.run([PathGroup(settings: book.settings, paths: [book.path])], recording, &report)
        try await recording.end(&report)
        return report
    }

    @Test func `what runs wrote there is none, whatever became of the sources`() async throws {
        try await book.run(.migrate, to: out)
        #expect(try note() == nil)
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c9"), to: "c1.json")
        try book.write(Self.bare.replacing("data1", with: "data2").replacing("image", with: "figure"), to: "bare.json")
        try book.write(Self.lines(["n8"]), to: "all.ndjson")
        #expect(try note() == nil)
        try await book.run(.migrate, to: out)
        try remove("bare.json", "all.ndjson")
        #expect(try note() == nil)
        let pruned = try await prune()
        #expect(pruned.removedFiles.count == 3)
        #expect(try note() == nil)
        #expect(try await book.undo(pruned.run).codes.isEmpty)
        #expect(try note() == nil)
    }

    @Test(arguments: ["notes.json", "bare.json", "all.ndjson"]) func `a document that no run wrote is a source`(
        _ name: String
    ) async throws {
        try await book.run(.migrate, to: out)
        if name != "notes.json" {
            // What a run wrote there is gone, and what stands there now is somebody's.
            try remove(name)
            _ = try await prune()
        }
        let text = name.hasSuffix("ndjson") ? Self.lines(["n9"]) : Self.bare.replacing("image", with: "figure")
        try book.write(text, to: "out/" + name)
        #expect(try note() == "'\(book.path)/out/\(name)' has no source elsewhere, and no run is known that wrote it")
        let pruned = try await prune()
        #expect(pruned.removedFiles == [book.path + "/out/" + name])
        // An undoing that brings it back makes it no run's.
        #expect(try await book.undo(pruned.run).codes.isEmpty)
        #expect(try note() != nil)
    }

    @Test func `what a run recorded and could not write is not its own`() async throws {
        let journal = Journal(command: "migrate", destination: out, clock: book.host.clock)
        let data = try Workspace.makeDataFolder(book.settings, book.host)
        var batch = Journal.Batch()
        for name in ["x.json", "y.json"] {
            try book.write(Self.bare, to: "out/" + name)
            var change = try RecordedChange(removing: Collect(book.settings).load(file(name)))
            change.after = change.before
            batch.changes.append(change)
        }
        try await journal.record(batch, in: data)
        await journal.note(WriteFailure(Problem(.documentChanged, "changed")), of: batch.changes[1].path)
        try await journal.end()
        let written = try WrittenFiles(below: book.path + "/out", RunFolder(data))
        #expect(written.contain("x.json"))
        #expect(!written.contain("y.json"))
    }

    @Test(arguments: [(["n1", "n3"], true), (["n1"], false), (["n2", "n1"], false)])
    func `lines are compared by all of their ids`(_ ids: [String], _ isSource: Bool) throws {
        try book.write(Self.lines(ids), to: "out/all.ndjson")
        let note = "'\(book.path)/out/all.ndjson' is another document than '\(book.path)/all.ndjson'"
        #expect(try self.note() == (isSource ? note + ", and no run is known that wrote it" : nil))
    }

    @Test func `lines without ids are compared by their bytes`() throws {
        try book.write(Self.bare + "\n" + Self.lines(["n1"]), to: "all.ndjson")
        try book.write(Self.bare + "\n", to: "out/all.ndjson")
        #expect(try note() == nil)
        try book.write(Self.bare.replacing("data1", with: "data2") + "\n", to: "out/all.ndjson")
        #expect(try note() != nil)
    }

    @Test func `documents without ids are compared by what no rewrite changes`() async throws {
        try await book.run(.migrate, to: out)
        #expect(try book.read("out/bare.json") != book.read("bare.json"))
        // Without journals.
        try FileManager.default.removeItem(atPath: book.dataPath)
        #expect(try note() == nil)
        let note = "'\(book.path)/out/bare.json' is another document than '\(book.path)/bare.json'"
        try book.write(Self.bare.replacing("]}", with: #",{"type":"paragraph"}]}"#), to: "out/bare.json")
        #expect(try self.note() == note + ", and no run is known that wrote it")
    }
}
