import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinTestSupport

@testable import Tipin

/// RULES 5 "--plan": what `apply` does is what the run itself would have done.
struct PlanTests {
    @Test(arguments: [TestBook.Command.migrate, .publish])
    func `plan and apply do what the command does`(_ command: TestBook.Command) async throws {
        let direct = try TestBook.mixed()
        #expect(try await direct.run(command).codes.isEmpty)
        let book = try TestBook.mixed()
        let before = try book.documents()
        let planned = try await book.plan(command)
        #expect(planned.codes.isEmpty)
        #expect(planned.importedAssets == 4)
        #expect(try book.documents() == before)
        #expect(try book.links() == [])
        #expect(try book.runs().isEmpty)
        let applied = try await book.apply()
        #expect(applied.codes.isEmpty)
        #expect(applied.changedDocuments == planned.plannedDocuments)
        #expect(try book.documents() == direct.documents())
        #expect(try book.links() == direct.links())
        #expect(try await book.run(command).changedDocuments == 0)
        #expect(try await book.undo(applied.run).codes.isEmpty)
        #expect(try book.documents() == before)
        #expect(try book.links() == [])
    }

    @Test func `what a plan uploads has the tags of the links that are to be`() async throws {
        var book = try TestBook(hasRemote: false)
        let api = try StubBookAPI()
        book.settings.remote = api.base
        book.settings.remoteIsTrusted = true
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "book.json")
        let report = try await book.plan(.publish)
        #expect(report.uploads == 1)
        #expect(api.uploads.map(\.tags) == [["cover"]])
    }

    @Test func `resolve can be planned`() async throws {
        let book = try TestBook.mixed()
        try await book.run(.migrate)
        try await book.syncAll()
        let before = try book.documents()
        try await book.plan(.resolve)
        #expect(try book.documents() == before)
        try await book.apply()
        let applied = try book.documents()
        #expect(applied != before)
        #expect(try await book.run(.resolve).changedDocuments == 0)
        #expect(try book.documents() == applied)
    }

    @Test func `what a plan names is kept until it is applied`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        let folder = try DataFolder(path: book.dataPath, creates: false)
        func kept() throws -> Set<String> {
            try book.withCatalog { catalog in try catalog.read { try KeptAssets(folder, $0).ids } }
        }
        #expect(try kept() == Set([1, 2, 3, 4].map { Picture($0).id }))
        #expect(try await book.apply { $0.isDryRun = true }.changedDocuments == 4)
        #expect(try kept().count == 4)
        let run = try #require(try await book.apply().run)
        // Now the journal of the run keeps it.
        #expect(try kept().count == 4)
        try RunFolder(folder).remove(run)
        #expect(try kept().isEmpty)
    }

    @Test func `applying a second time changes nothing`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        try await book.apply()
        let after = try book.documents()
        let again = try await book.apply()
        #expect(again.codes.isEmpty)
        #expect(again.changedDocuments == 0)
        #expect(again.run == nil)
        #expect(try book.documents() == after)
    }

    @Test func `a document that changed since keeps all from being written`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        try book.write(try book.read("book.json") + "\n", to: "book.json")
        let before = try book.documents()
        let report = try await book.apply()
        #expect(report.codes == ["plan-outdated"])
        #expect(report.status == .failure)
        #expect(try book.documents() == before)
        #expect(try book.links() == [])
        #expect(try book.runs().isEmpty)
    }

    @Test func `a picture that is not here any more keeps all from being written`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        try book.removeBlob(Picture(4))
        let before = try book.documents()
        #expect(try await book.apply().codes == ["blob-missing"])
        #expect(try book.documents() == before)
        #expect(try book.links() == [])
    }

    @Test func `a plan does not write over a file`() async throws {
        let book = try TestBook.mixed()
        try book.temporary.write("mine", to: TestBook.planName)
        let error = await #expect(throws: ChangeError.self) { try await book.plan(.migrate) }
        #expect(error == .planExists(book.planPath))
        #expect(try book.temporary.read(TestBook.planName) == Array("mine".utf8))
    }

    @Test func `a plan belongs to one data folder`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        let error = await #expect(throws: ChangeError.self) { try await book.secondDevice().apply() }
        guard case .planForeign = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a plan that is applied from another folder says what to name`() async throws {
        var book = try TestBook.mixed()
        try await book.plan(.migrate)
        let before = try book.documents()
        book.host.workingFolder = book.temporary.path + "/elsewhere"
        let own = book.settings.dataFolder
        book.settings.dataFolder = book.host.workingFolder + "/.tipin"
        let error = await #expect(throws: ChangeError.self) { try await book.apply() }
        #expect(error == .planElsewhere([book.path]))
        #expect(error?.problem.help.first?.hasSuffix("tipin apply PLAN \(book.path)") == true)
        #expect(try book.documents() == before)
        // The configuration there leads to the data folder.
        book.settings.dataFolder = own
        #expect(try await book.apply([book.path]).codes.isEmpty)
        #expect(try book.documents() != before)
    }

    @Test func `documents outside of the working folder are changed only where it is said`() async throws {
        var book = try TestBook.mixed()
        try await book.plan(.migrate)
        let before = try book.documents()
        book.host.workingFolder = book.dataPath
        #expect(try await book.apply().codes == ["plan-invalid"])
        #expect(try book.documents() == before)
        #expect(try await book.apply([book.path]).codes.isEmpty)
        #expect(try book.documents() != before)
    }

    @Test func `a plan is one JSON value of the form that its schema has`() async throws {
        let book = try TestBook.mixed()
        try await book.plan(.migrate)
        let plan = try #require(
            try JSONSerialization.jsonObject(with: Data(try book.temporary.read(TestBook.planName))) as? [String: Any])
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(Checkout.text("schemas/plan.schema.json").utf8))
                as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(Set(plan.keys) == Set(properties.keys))
        let documents = try #require(plan["documents"] as? [[String: Any]])
        #expect(documents.count == 4)
        #expect(plan["count"] as? Int == 4)
    }

    @Test func `a document as deep as the configuration allows is planned, shown, applied and put back`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        book.settings.depthLimit = 4000
        let depth = 700
        try book.write(
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":["#
                + String(repeating: #"{"type":"blockquote","content":["#, count: depth)
                + #"{"type":"image","attrs":{"src":"$data1"}}"# + String(repeating: "]}", count: depth) + "]}}")
        let before = try book.read()
        try await book.plan(.migrate)
        #expect(try await book.apply().codes.isEmpty)
        #expect(try book.read().contains(Picture(1).id))
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read() == before)
        let shown = try await book.shown(.migrate)
        #expect(shown.text.contains("-src: "))
        #expect(shown.patches.contains("/attrs/src"))
        try book.write(try book.read() + " ")
        #expect(try await book.undo().codes == ["manifest-unused"])
        #expect(try book.read().hasPrefix(before.dropLast(2)))
    }

    /// The names of two folders may look alike: an accent of its own, or none.
    @Test func `a plan is not taken for one of a data folder whose name looks the same`() async throws {
        var book = try TestBook.mixed()
        book.settings.dataFolder = book.temporary.path + "/donn\u{E9}es"
        try await book.plan(.migrate)
        let before = try book.documents()
        var other = book
        other.settings.dataFolder = book.temporary.path + "/donne\u{301}es"
        try FileManager.default.copyItem(
            atPath: book.settings.dataFolder ?? "", toPath: other.settings.dataFolder ?? "")
        let error = await #expect(throws: ChangeError.self) { try await other.apply() }
        guard case .planForeign = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try book.documents() == before)
        #expect(try await book.apply().codes.isEmpty)
    }
}
