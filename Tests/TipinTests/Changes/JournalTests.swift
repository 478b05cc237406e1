import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Which runs leave a journal, what it keeps, and how long.
struct JournalTests {
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
