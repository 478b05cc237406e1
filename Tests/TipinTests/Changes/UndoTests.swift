import Foundation
import Glibc
import Synchronization
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
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

    @Test func `a run that changes nothing leaves no journal`() async throws {
        let book = try TestBook.mixed()
        try await book.run(.migrate)
        #expect(try await book.run(.migrate).run == nil)
        #expect(try book.runs().map(\.command) == ["migrate"])
    }

    @Test func `a dry run leaves no journal`() async throws {
        let book = try TestBook.mixed()
        try await book.store([Picture(1)])
        try await book.run(.migrate, to: .nowhere)
        #expect(try book.runs().isEmpty)
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
    }

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

    // MARK: Output folders

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

    // MARK: What changed since

    @Test func `a document that is gone is named and the others are put back`() async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        try await book.run(.migrate)
        try FileManager.default.removeItem(atPath: book.path + "/chapters/c1.json")
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(report.failedDocuments == 1)
        var expected = before
        expected["chapters/c1.json"] = nil
        #expect(try book.documents() == expected)
    }

    @Test func `a manifest file that somebody changed stays`() async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        try await book.run(.migrate)
        let sidecar = try book.read("plain.fileRefs.json") + " "
        try book.write(sidecar, to: "plain.fileRefs.json")
        let report = try await book.undo()
        #expect(report.codes == ["not-undone"])
        #expect(try book.read("plain.fileRefs.json") == sidecar)
        var after = try book.documents()
        after["plain.fileRefs.json"] = nil
        #expect(after == before)
    }

    @Test func `a linked document is left`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        try FileManager.default.moveItem(atPath: book.path + "/c1.json", toPath: book.temporary.path + "/c1.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/c1.json", withDestinationPath: "../c1.json")
        #expect(try await book.undo().codes == ["document-linked"])
    }

    @Test func `what the document named before must be here still`() async throws {
        var book = try TestBook()
        try await book.store([Picture(1), Picture(2)])
        book.settings.editorHasAssetID = true
        try book.write(Picture(2), to: "2.png")
        try book.write(
            Chapter.text(#"{"assetId":"$id1","src":"2.png"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        let before = try book.read()
        #expect(try await book.run(.migrate) { $0.preference = .document }.codes.isEmpty)
        #expect(try book.read().contains(Picture(2).id))
        let after = try book.read()
        try book.removeBlob(Picture(1))
        let refused = try await book.undo()
        #expect(refused.codes == ["blob-missing"])
        #expect(try book.read() == after)
        try await book.store([Picture(1)])
        #expect(try await book.undo(try book.runs().first?.id).codes.isEmpty)
        #expect(try book.read() == before)
    }

    // MARK: Journals

    @Test func `what a run names is kept`() async throws {
        let book = try TestBook.mixed()
        try await book.run(.migrate)
        let folder = try DataFolder(path: book.dataPath, creates: false)
        let kept = try book.withCatalog { catalog in try catalog.read { try KeptAssets(folder, $0) } }
        #expect(kept.ids == Set([1, 2, 3, 4].map { Picture($0).id }))
    }

    @Test func `clean-up leaves what a run names until the run is forgotten`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate)
        try await book.undo()
        #expect(try await book.later(hours: 1000).clean().words == [])
        let folder = RunFolder(try DataFolder(path: book.dataPath, creates: false))
        for run in try folder.runs() { try folder.remove(run) }
        #expect(try await book.later(hours: 1000).clean().words == ["remove \(Picture(1).id)"])
    }

    /// The folder does not become durable, and the old bytes do not come back.
    @Test func `what could be neither written wholly nor put back can be undone`() async throws {
        let book = try TestBook()
        let ref = Chapter.entry(1, #","remoteUrl":"$url1","localPath":"/elsewhere/1.png""#)
        try book.write(Chapter.text(#"{"src":"$url1","assetId":"$id1"}"#, manifest: "{\(ref)}"))
        let before = try book.read()
        var failing = book
        let exchanges = Mutex(0)
        failing.host.failpoint = { operation, path in
            guard path.hasPrefix(book.path) else { return .proceed }
            switch operation {
            case .syncFolder: return .fail(errno: EIO)
            case .exchange:
                return exchanges.withLock { count in
                    count += 1
                    return count == 1 ? .proceed : .fail(errno: EIO)
                }
            default: return .proceed
            }
        }
        let report = try await failing.run(.resolve) { $0.profile = .portable }
        #expect((report.codes, report.status) == (["document-not-written"], .failure))
        #expect(try book.read() != before)
        #expect(try book.runs().map(\.files) == [1])
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read() == before)
    }

    @Test func `runs are forgotten after 90 days`() async throws {
        var book = try TestBook.mixed()
        try await book.run(.migrate)
        #expect(try RunList(book.settings, host: book.host)?.prune().isEmpty == true)
        let later = WallClock.system.now() + RunFolder.lifetime + 1000
        book.host.clock = WallClock { later }
        #expect(try RunList(book.settings, host: book.host)?.prune().count == 1)
        #expect(try book.runs().isEmpty)
    }

    @Test(arguments: ["", "{}\n", "{\"run\":{\"id\":\"x\"}}\n", "no JSON\n"])
    func `a journal that is not as it was written is told of and no other is harmed`(_ text: String) async throws {
        let book = try TestBook.mixed()
        let before = try book.documents()
        try await book.run(.migrate)
        try book.temporary.write(text, to: "data/runs/20200101-000000000-0000.ndjson")
        let list = try #require(try RunList(book.settings, host: book.host))
        #expect(list.diagnostics.map(\.code) == [.runDamaged])
        try await book.undo()
        #expect(try book.documents() == before)
    }

    @Test func `a journal whose edits do not lead back changes nothing`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let run = try #require(try await book.run(.migrate).run)
        let after = try book.documents()
        let name = "data/runs/\(run).ndjson"
        let text = String(decoding: try book.temporary.read(name), as: UTF8.self)
        try book.temporary.write(text.replacing(#""offset":"#, with: #""offset":1"#), to: name)
        #expect(try await book.undo().codes == ["run-damaged"])
        #expect(try book.documents() == after)
    }
}
