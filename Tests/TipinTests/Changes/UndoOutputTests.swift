import Testing
import Tipin
import TipinTestSupport

/// Undoing runs with `--output`.
struct UndoOutputTests {
    @Test func `of an output run the files go that nobody changed`() async throws {
        let book = try TestBook.mixed()
        let source = book.manifest(below: "book")
        try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        try book.temporary.write("mine", to: "out/own.txt")
        try book.temporary.write("changed", to: "out/chapters/c1.json")
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(report.status == .failure)
        let left = book.manifest(below: "out").filter { $0.value != "folder" }.keys.sorted()
        #expect(left == ["chapters/c1.json", "own.txt"])
        #expect(book.manifest(below: "book") == source)
        let undoing = try #require(try book.runs().last?.id)
        let error = await #expect(throws: ChangeError.self) { try await book.undo(undoing) }
        #expect(error == .runIsFinal(undoing))
    }

    @Test func `a second output run that writes nothing is no run`() async throws {
        let book = try TestBook.mixed()
        let out = Destination.folder(book.temporary.path + "/out")
        try await book.run(.migrate, to: out)
        try await book.run(.migrate, to: out)
        #expect(try book.runs().count == 1)
        try await book.undo()
        #expect(book.manifest(below: "out").allSatisfy { $0.value == "folder" })
    }

    @Test func `undoing it once more leaves no journal`() async throws {
        let book = try TestBook.mixed()
        let run = try #require(try await book.run(.migrate, to: .folder(book.temporary.path + "/out")).run)
        for _ in 1...3 { #expect(try await book.undo(run).codes.isEmpty) }
        #expect(try book.runs().map(\.command) == ["migrate", "undo"])
        #expect(try book.runs()[0].undoneBy == book.runs()[1].id)
    }

    @Test func `what another run wrote there since is told of by an undoing that leaves no journal`() async throws {
        let book = try TestBook.mixed()
        let out = Destination.folder(book.temporary.path + "/out")
        let run = try #require(try await book.run(.migrate, to: out).run)
        try await book.undo(run)
        try book.temporary.write("changed", to: "out/chapters/c1.json")
        let again = try await book.undo(run)
        #expect(again.codes == ["not-undone"])
        #expect(try book.runs().count == 2)
    }
}
