import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// A journal is believed where it was written, and nowhere else unasked (RULES 0).
struct UndoPlaceTests {
    private static func book() throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "sub/b.json")
        return book
    }

    private static func undo(_ book: TestBook, _ run: String? = nil, below paths: [String]) async throws -> RunReport {
        try await UndoRun(book.settings, host: book.host).run(run, below: paths)
    }

    @discardableResult
    private static func expectForeign(_ book: TestBook) async throws -> Problem? {
        let before = try book.documents()
        let error = await #expect(throws: ChangeError.self) { try await book.undo() }
        #expect(error?.problem.code == .runForeign)
        #expect(try book.documents() == before)
        #expect(try book.runs().map(\.isForeign) == [true])
        return error?.problem
    }

    @Test func `a copied data folder does not undo the first one's run`() async throws {
        let book = try Self.book()
        let run = try #require(try await book.run(.migrate).run)
        #expect(try book.runs().map(\.isForeign) == [false])
        var copy = book
        copy.settings.dataFolder = book.temporary.path + "/copy"
        try FileManager.default.copyItem(atPath: book.dataPath, toPath: book.temporary.path + "/copy")
        try await Self.expectForeign(copy)
        let after = try book.documents()
        // Only what is named may be changed; the rest is named.
        let part = try await Self.undo(copy, run, below: ["sub"])
        #expect(part.codes == ["not-undone"])
        #expect(part.failedDocuments == 1)
        #expect(part.returnedFiles == [book.path + "/sub/b.json"])
        #expect(try book.documents()["a.json"] == after["a.json"])
        #expect(try book.documents()["sub/b.json"] != after["sub/b.json"])
        let whole = try await Self.undo(copy, run, below: [book.path])
        #expect(whole.codes.isEmpty)
        #expect(try book.read("a.json").contains("data:image"))
    }

    @Test func `a moved or replaced data folder is not the one that recorded the run`() async throws {
        let book = try Self.book()
        try await book.run(.migrate)
        var moved = book
        moved.settings.dataFolder = book.temporary.path + "/moved"
        try FileManager.default.moveItem(atPath: book.dataPath, toPath: book.temporary.path + "/moved")
        let elsewhere = try await Self.expectForeign(moved)
        #expect(elsewhere?.notes.first?.hasSuffix("its journal was written in '\(book.dataPath)/runs'") == true)
        #expect(elsewhere?.help.first?.contains("--data-dir") == true)
        #expect(elsewhere?.help.last?.hasSuffix("--below \(book.path)") == true)
        // A copy at the same path is another folder too.
        try FileManager.default.copyItem(atPath: book.temporary.path + "/moved", toPath: book.dataPath)
        let replaced = try await Self.expectForeign(book)
        #expect(replaced?.headline == "data folder is another than the one that recorded the run")
        // Its name leads here again.
        #expect(replaced?.help.count == 1)
        #expect(replaced?.help.first?.hasSuffix("--below \(book.path)") == true)
    }

    /// Whoever moves a whole project has no folder to name that would do.
    @Test func `a run whose documents were moved too is undone where they were, and that is said`() async throws {
        let book = try Self.book()
        let before = try book.documents()
        let run = try #require(try await book.run(.migrate).run)
        var moved = book
        let (old, new) = (book.temporary.path, book.temporary.path + "/new")
        moved.settings.dataFolder = new + "/data"
        moved.host.workingFolder = new
        try FileManager.default.createDirectory(atPath: new, withIntermediateDirectories: true)
        for name in ["book", "data"] {
            try FileManager.default.moveItem(atPath: "\(old)/\(name)", toPath: "\(new)/\(name)")
        }
        let error = await #expect(throws: ChangeError.self) { try await moved.undo(run) }
        let problem = try #require(error?.problem)
        #expect(problem.notes[1] == "its files are named below '\(book.path)', where none stands now")
        #expect(problem.help.count == 1)
        #expect(problem.help[0].hasSuffix("or move it and the documents back"))
        // Whoever names a folder all the same is not sent round in a circle.
        let part = try await Self.undo(moved, run, below: ["."])
        #expect(part.failedDocuments == 2)
        let help = part.diagnostics.flatMap(\.problem.help)
        #expect(help.map { $0.prefix(29) } == Array(repeating: "if it was moved, move it back", count: 2))
        for name in ["book", "data"] {
            try FileManager.default.moveItem(atPath: "\(new)/\(name)", toPath: "\(old)/\(name)")
        }
        #expect(try await book.undo(run).codes.isEmpty)
        #expect(try book.documents() == before)
    }

    @Test func `what a run removed was not moved`() async throws {
        let book = try Self.book()
        let out = book.temporary.path + "/out"
        try await book.run(.migrate, to: .folder(out))
        for name in ["a.json", "sub"] { try FileManager.default.removeItem(atPath: book.path + "/" + name) }
        let recording = Recording(Journal(command: "migrate", destination: .folder(out), clock: book.host.clock))
        var pruned = RunReport(command: "migrate")
        let prune = try #require(OutputPrune(.folder(out), host: book.host))
        try await prune.run([PathGroup(settings: book.settings, paths: [book.path])], recording, &pruned)
        try await recording.end(&pruned)
        let run = try #require(pruned.run)
        #expect(pruned.removedFiles.count == 2)
        var copy = book
        copy.settings.dataFolder = book.temporary.path + "/copy"
        try FileManager.default.copyItem(atPath: book.dataPath, toPath: book.temporary.path + "/copy")
        let error = await #expect(throws: ChangeError.self) { try await copy.undo(run) }
        let problem = try #require(error?.problem)
        #expect(problem.notes[1] == "its files are named below '\(out)'")
        #expect(problem.help.last == "if you trust it, name what it may change: tipin undo \(run) --below \(out)")
        let part = try await Self.undo(copy, run, below: [out + "/sub"])
        #expect(part.returnedFiles == [out + "/sub/b.json"])
        #expect(part.problems(.notUndone).map(\.notes) == [["'\(out)/a.json'"]])
        #expect(
            part.problems(.notUndone).map(\.help) == [["if it is to be put back too, name its folder: --below \(out)"]])
    }

    @Test func `a journal that does not say where it was written is foreign`() async throws {
        let book = try Self.book()
        let run = try #require(try await book.run(.migrate).run)
        let name = "data/runs/\(run).ndjson"
        let text = String(decoding: try book.temporary.read(name), as: UTF8.self)
        let shortened = text.replacing(/"folder":\{[^}]*\},/, with: "")
        #expect(shortened != text)
        try book.temporary.write(shortened, to: name)
        let unsaid = try await Self.expectForeign(book)
        #expect(unsaid?.headline == "run does not say where it was recorded")
        #expect(unsaid?.help.count == 1)
        #expect(try await Self.undo(book, run, below: [book.path]).codes.isEmpty)
    }

    /// A run that changed `a.json` and made the link of `sub/b.json` anew, whose bytes it left alone.
    private static func linkedAnew(_ book: TestBook) async throws -> String {
        try await book.run(.migrate)
        for table in ["tipin_links", "file_asset_links"] { try book.execute("DELETE FROM \(table)") }
        try book.write(Chapter.text(#"{"src":"$data3"}"#, id: "c1"), to: "a.json")
        let report = try await book.run(.migrate)
        #expect(report.writtenFiles == [book.path + "/a.json"])
        #expect(try linked(book) == ["c1", "c2"])
        return try #require(report.run)
    }

    /// The documents that made links.
    private static func linked(_ book: TestBook) throws -> [String] {
        try book.links().compactMap { $0.split(separator: "/").last.map(String.init) }.sorted()
    }

    @Test func `links of documents outside of what is named stay, and their file is named`() async throws {
        let book = try Self.book()
        let run = try await Self.linkedAnew(book)
        let part = try await Self.undo(book, run, below: [book.path + "/a.json"])
        #expect(part.returnedFiles == [book.path + "/a.json"])
        #expect(try Self.linked(book) == ["c2"])
        #expect(part.problems(.notUndone).map(\.notes) == [["'\(book.path)/sub/b.json'"]])
        #expect(part.failedDocuments == 1)
        // Named too, they are taken back, and forth again.
        let rest = try await Self.undo(book, run, below: [book.path])
        #expect(rest.codes.isEmpty)
        #expect(try Self.linked(book) == [])
        let last = try #require(try book.runs().last { $0.undoes == run })
        #expect(try await Self.undo(book, last.id, below: [book.path + "/sub"]).failedDocuments == 0)
        #expect(try Self.linked(book) == ["c2"])
    }

    @Test func `links of which a journal does not say where their document is stay where only some may go`()
        async throws
    {
        let book = try Self.book()
        let run = try await Self.linkedAnew(book)
        let name = "data/runs/\(run).ndjson"
        let lines = String(decoding: try book.temporary.read(name), as: UTF8.self).split(separator: "\n")
        let shortened = lines.map { line in
            line.hasPrefix(#"{"links""#) ? String(line).replacing(/,"path":"[^"]*"/, with: "") : String(line)
        }
        #expect(shortened != lines.map(String.init))
        try book.temporary.write(shortened.joined(separator: "\n") + "\n", to: name)
        let part = try await Self.undo(book, run, below: [book.path])
        #expect(part.codes == ["not-undone"])
        #expect(part.failedDocuments == 1)
        #expect(try Self.linked(book) == ["c2"])
        #expect(try await Self.undo(book, run, below: []).codes.isEmpty)
        #expect(try Self.linked(book) == [])
    }

    /// What a planted journal may name: a manifest file elsewhere, and a way out by a link.
    @Test func `nothing outside of what is named is touched`() async throws {
        let book = try Self.book()
        let run = try #require(try await book.run(.migrate).run)
        let before = book.manifest(below: "book/sub")
        let root = book.temporary.path
        try FileManager.default.createDirectory(atPath: root + "/mine", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: root + "/mine/way", withDestinationPath: "../book/sub")
        let name = "data/runs/\(run).ndjson"
        let text = String(decoding: try book.temporary.read(name), as: UTF8.self)
        try book.temporary.write(text.replacing(book.path + "/sub/b.json", with: root + "/mine/way/b.json"), to: name)
        let report = try await Self.undo(book, run, below: [root + "/mine"])
        #expect(report.codes == ["not-undone"])
        #expect(report.failedDocuments == 2)
        #expect(book.manifest(below: "book/sub") == before)
    }

    @Test func `the sum of an undoing says where files were put back`() async throws {
        let book = try Self.book()
        try await book.run(.migrate)
        let few = Report(try await book.undo()).summary()
        #expect(few.contains("put back \(book.path)/a.json\nput back \(book.path)/sub/b.json\n"))
        for number in 3...5 {
            try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c\(number)"), to: "\(number).json")
        }
        try await book.run(.migrate)
        #expect(Report(try await book.undo()).summary().contains("put back below \(book.path)\n"))
    }

    @Test func `what was applied through a link is put back where the file is`() async throws {
        let book = try Self.book()
        try FileManager.default.removeItem(atPath: book.path + "/a.json")
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "o"), to: "other/o.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/a.json", withDestinationPath: "other/o.json")
        let before = try book.documents()
        try await book.plan(.migrate) { $0.paths = [book.path + "/a.json"] }
        #expect(try await book.apply { $0.followsLinks = true }.codes.isEmpty)
        #expect(try book.documents() != before)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.documents() == before)
    }
}
