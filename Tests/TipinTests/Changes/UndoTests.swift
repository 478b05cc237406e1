import Testing
import Tipin
import TipinTestSupport

/// RULES 5 "Undo".
struct UndoTests {
    @Test(arguments: [TestBook.Command.migrate, .publish])
    func `documents, manifest files and links are as they were`(_ command: TestBook.Command) async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        let run = try await book.run(command)
        #expect(run.codes.isEmpty)
        #expect(try !book.links().isEmpty)
        let report = try await book.undo()
        #expect(report.codes.isEmpty)
        #expect(report.run == run.run)
        #expect(report.changedDocuments == run.writtenFiles.count)
        #expect(try book.documents() == before)
        #expect(try book.links() == [])
        // Pictures stay: what was imported once is not imported again.
        #expect(try await book.run(command).importedAssets == 0)
    }

    @Test func `resolve changes no catalog and can be undone all the same`() async throws {
        let book = try TestBook.mixed()
        try await book.run(.migrate)
        try await book.syncAll()
        let before = try book.documents()
        let links = try book.links()
        #expect(try await book.run(.resolve).changedDocuments > 0)
        #expect(try book.documents() != before)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.documents() == before)
        #expect(try book.links() == links)
    }

    @Test func `what was resolved without a store can be undone`() async throws {
        let book = try TestBook()
        let ref = Chapter.entry(1, #","remoteUrl":"$url1","localPath":"/elsewhere/1.png""#)
        try book.write(Chapter.text(#"{"src":"$url1","assetId":"$id1"}"#, manifest: "{\(ref)}"))
        let before = try book.documents()
        #expect(try await book.run(.resolve) { $0.profile = .portable }.changedDocuments == 1)
        #expect(try book.documents() != before)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.documents() == before)
    }

    @Test func `several runs are undone from the last to the first, and an undoing can be undone by its id`()
        async throws
    {
        let book = try TestBook.mixed()
        let first = try book.documents()
        try await book.run(.migrate)
        let second = try book.documents()
        try await book.syncAll()
        try await book.run(.resolve)
        let third = try book.documents()
        try await book.undo()
        #expect(try book.documents() == second)
        try await book.undo()
        #expect(try book.documents() == first)
        let none = await #expect(throws: ChangeError.self) { try await book.undo() }
        #expect(none == .nothingToUndo)
        let undoings = try book.runs().filter { $0.undoes != nil }.map(\.id)
        #expect(undoings.count == 2)
        try await book.undo(undoings[1])
        #expect(try book.documents() == second)
        #expect(try !book.links().isEmpty)
        try await book.undo(undoings[0])
        #expect(try book.documents() == third)
        // Both stand again, so both can be undone again.
        try await book.undo()
        #expect(try book.documents() == second)
    }

    @Test func `undoing twice by its id changes nothing more`() async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        let run = try #require(try await book.run(.migrate).run)
        try await book.undo(String(run.prefix(20)))
        let again = try await book.undo(run)
        #expect(again.changedDocuments == 0)
        #expect(again.codes.isEmpty)
        #expect(try book.documents() == before)
        // Nothing of the second undoing stands, so it is no run.
        #expect(try book.runs().map(\.command) == ["migrate", "undo"])
        #expect(try book.runs()[0].undoneBy == book.runs()[1].id)
    }

    @Test func `no run, an unknown one and one that is not unique are told apart`() async throws {
        let book = try TestBook.mixed()
        let none = await #expect(throws: ChangeError.self) { try await book.undo() }
        #expect(none == .nothingToUndo)
        try await book.run(.migrate)
        let unknown = await #expect(throws: ChangeError.self) { try await book.undo("19") }
        #expect(unknown == .runUnknown("19"))
        try await book.undo()
        let several = await #expect(throws: ChangeError.self) { try await book.undo("2") }
        guard case .runAmbiguous("2", let runs) = several else {
            Issue.record("\(String(describing: several))")
            return
        }
        #expect(runs.count == 2)
    }
}
