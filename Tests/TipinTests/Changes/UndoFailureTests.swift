import Foundation
import Glibc
import Synchronization
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// What a run could not write, or an undoing could not put back.
struct UndoFailureTests {
    @Test func `an undoing that failed leaves its run to the next one`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "b.json")
        let before = try book.documents()
        let runs = [
            try await book.run(.migrate, [book.path + "/a.json"]).run,
            try await book.run(.migrate, [book.path + "/b.json"]).run,
        ]
        let after = try book.documents()
        var stuck = book
        stuck.host.failpoint = { _, path in path.contains("b.json") ? .fail(errno: EPERM) : .proceed }
        let failed = try await stuck.undo()
        #expect(failed.run == runs[1])
        #expect((failed.changedDocuments, failed.failedDocuments) == (0, 1))
        #expect(try book.documents() == after)
        #expect(try book.runs().compactMap(\.undoneBy) == [])
        #expect(try await book.undo().run == runs[1])
        #expect(try await book.undo().run == runs[0])
        #expect(try book.documents() == before)
    }

    @Test func `a run of which nothing stands leaves nothing to undo`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
        let before = try book.read("a.json")
        let first = try await book.run(.migrate, [book.path + "/a.json"])
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "b.json")
        #expect(link(book.path + "/b.json", book.path + "/b.txt") == 0)
        // Its links stand, so it can be undone by its id; its documents do not.
        let failed = try await book.run(.migrate, [book.path + "/b.json"])
        #expect((failed.changedDocuments, failed.failedDocuments) == (0, 1))
        #expect(try book.runs().map(\.files) == [1, 0])
        // They are there already, and not even they are made.
        #expect(try await book.run(.migrate, [book.path + "/b.json"]).run == nil)
        #expect(try book.runs().count == 2)
        let undone = try await book.undo()
        #expect(undone.run == first.run)
        #expect(try book.read("a.json") == before)
        let none = await #expect(throws: ChangeError.self) { try await book.undo() }
        #expect(none == .nothingToUndo)
        try await book.undo(failed.run)
        #expect(try book.links() == [])
    }

    /// A run that could write `a.json` and not `b.json`, both of which show pictures of their own.
    private func halfWritten() async throws -> (book: TestBook, run: String) {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "b.json")
        var stuck = book
        stuck.host.failpoint = { _, path in path.contains("b.json") ? .fail(errno: EPERM) : .proceed }
        let report = try await stuck.run(.migrate)
        #expect((report.changedDocuments, report.failedDocuments) == (1, 1))
        #expect(try book.links().count == 2)
        return (book, try #require(report.run))
    }

    @Test(arguments: [false, true])
    func `links of a document that could not be written go back with the others`(_ isOther: Bool) async throws {
        let (book, run) = try await halfWritten()
        // Whoever kept it from being written may have made it another.
        if isOther { try book.write(Chapter.text(#"{"src":"$data3"}"#, id: "c2"), to: "b.json") }
        let left = try book.read("b.json")
        let report = try await book.undo(run)
        #expect(report.codes.isEmpty)
        #expect((report.documents, report.changedDocuments) == (1, 1))
        #expect(try book.links() == [])
        #expect(try book.read("b.json") == left)
    }

    @Test func `links of a document that a later run wrote are that run's`() async throws {
        let (book, run) = try await halfWritten()
        try await book.run(.migrate)
        let written = try book.read("b.json")
        #expect(written.contains(Picture(2).id))
        #expect(try await book.undo(run).codes.isEmpty)
        #expect(try book.read("b.json") == written)
        #expect(try book.links() == ["\(Picture(2).id) chapter c2 attachment 0 b1/chapter/c2"])
        try book.write(written.replacing("}", with: "} ", maxReplacements: 1), to: "b.json")
        try await book.undo(run)
        #expect(try !book.links().isEmpty)
    }

    @Test func `links that a later run made of what stands there now stay`() async throws {
        let (book, run) = try await halfWritten()
        try book.write(Chapter.text(#"{"src":"$data3"}"#, id: "c2"), to: "b.json")
        try await book.run(.migrate)
        let written = try book.read("b.json")
        #expect(try await book.undo(run).codes.isEmpty)
        #expect(try book.read("b.json") == written)
        #expect(try book.links() == ["\(Picture(3).id) chapter c2 attachment 0 b1/chapter/c2"])
    }

    /// Whether by a plan, and whether in an output folder.
    @Test(arguments: [(false, false), (true, false), (false, true)])
    func `a change that stands though it was told as failed can be undone`(
        _ isPlanned: Bool, _ isOutput: Bool
    ) async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        let output = book.temporary.path + "/out"
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        if isOutput {
            try await book.run(.migrate, to: .folder(output))
            try book.write(Chapter.text(#"{"src":"$data2"}"#))
        }
        if isPlanned { try await book.plan(.migrate) }
        let name = (isOutput ? "out" : "book") + "/c1.json"
        let before = try book.temporary.read(name)
        var faulty = book
        faulty.host.failpoint = Self.notTakenBack(below: isOutput ? output : book.path)
        let report =
            isPlanned
            ? try await faulty.apply() : try await faulty.run(.migrate, to: isOutput ? .folder(output) : .inPlace)
        #expect(report.codes == ["document-not-written"])
        #expect((report.changedDocuments, report.failedDocuments) == (0, 1))
        #expect(report.writtenFiles.count == 1)
        #expect(try book.temporary.read(name) != before)
        #expect(try book.runs().last?.files == 1)
        let undone = try await book.undo()
        #expect(undone.run == report.run)
        #expect(undone.codes.isEmpty)
        #expect(try book.temporary.read(name) == before)
    }

    @Test func `a new document that could not be taken back can be undone`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        let output = book.temporary.path + "/out"
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        var faulty = book
        let isWritten = Atomic(false)
        faulty.host.failpoint = { operation, path in
            switch operation {
            case .syncFolder where path == output:
                isWritten.store(true, ordering: .relaxed)
                return .fail(errno: EIO)
            case .rename where path.hasPrefix(output + "/") && isWritten.load(ordering: .relaxed):
                return .fail(errno: EIO)
            default: return .proceed
            }
        }
        let report = try await faulty.run(.migrate, to: .folder(output))
        #expect(report.problems(.documentNotWritten).flatMap(\.notes) == ["the change stands"])
        #expect(FileManager.default.fileExists(atPath: output + "/c1.json"))
        #expect(try await book.undo().removedFiles == [output + "/c1.json"])
        #expect(!FileManager.default.fileExists(atPath: output + "/c1.json"))
    }

    /// New bytes take their place, the folder does not become durable, and the old bytes do not come back.
    private static func notTakenBack(below folder: String) -> Failpoint {
        let isExchanged = Atomic(false)
        return { operation, path in
            switch operation {
            case .syncFolder where path == folder: .fail(errno: EIO)
            case .exchange where path.hasPrefix(folder + "/"):
                isExchanged.exchange(true, ordering: .relaxed) ? .fail(errno: EIO) : .proceed
            default: .proceed
            }
        }
    }
}
