import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

struct WhyRunTests {
    private let book: TestBook

    init() async throws {
        book = try TestBook()
        try await book.store([Picture(1), Picture(2)])
    }

    private func why(_ picture: Picture, documents: [String] = []) async throws -> WhyRun.Answer {
        let workspace = try Workspace(book.settings, host: book.host, access: Access(catalog: .reads))
        defer { workspace.close() }
        let asset = try AssetCatalog(workspace).asset(named: picture.id)
        return try await WhyRun(workspace).run(
            asset, documents: documents.isEmpty ? [] : [PathGroup(settings: book.settings, paths: documents)])
    }

    @Test func `says every reference that the catalog has`() async throws {
        let mark = DocumentMark(book: "b1", kind: "chapter", document: "c1")
        try book.withCatalog { catalog in
            try catalog.write { writer in
                let chapter = Entity(type: .chapter, id: "c1")
                try writer.link(LinkSpec(assetID: Picture(1).id, entity: chapter, role: "attachment", mark: mark))
                try writer.link(
                    LinkSpec(assetID: Picture(1).id, entity: Entity(type: .divider, id: "d"), role: "divider"))
                try writer.recordPlan("library.plan.json", assetIDs: [Picture(1).id])
            }
        }
        let references = try await why(Picture(1)).references
        #expect(references.map(\.kind) == [.link, .link, .upload, .plan, .grace])
        #expect(references.map(\.documents).prefix(2) == [["chapter c1"], []])
        #expect(references[1].entity == Entity(type: .divider, id: "d"))
        #expect(references[3].words == "library.plan.json")
        #expect(try await why(Picture(2)).references.map(\.kind) == [.upload, .grace])
    }

    @Test func `says which columns of the app's tables name it`() async throws {
        try book.execute(
            book.expanded(
                """
                CREATE TABLE people (name TEXT, avatar TEXT REFERENCES file_assets(id), page TEXT);
                INSERT INTO people VALUES ('ada', '$id1', '<img id="$id1">');
                """))
        let found = try await why(Picture(1)).references.filter { $0.kind == .table }
        #expect(found.map(\.words) == ["people, column avatar", "people, column page"])
        #expect(try await why(Picture(2)).references.allSatisfy { $0.kind != .table })
    }

    @Test func `says every place in documents`() async throws {
        try book.write(
            Chapter.text(#"{"assetId":"$id1"}"#, #"{"assetId":"$id2"}"#, manifest: "{" + Chapter.entry(1) + "}"))
        try book.write(#"{"id":"b1","gallery":[\#(Chapter.ref(1))]}"#, to: "book.json")
        try book.write(
            #"{"id":"c2","bookId":"b1","content":"<img src='x/files/$sha1/original.png'>"}"#, to: "html.json")
        try book.write(#"{"settings":{"logo":"$id1"}}"#, to: "settings.json")
        let answer = try await why(Picture(1), documents: [book.path])
        let found = answer.references.filter { $0.place != nil }
        #expect(
            found.map { "\($0.kind.rawValue) \($0.place?.file.split(separator: "/").last ?? "")" } == [
                "mention book.json", "mention c1.json", "manifest c1.json", "html html.json", "text settings.json",
            ])
        #expect(found[0].place?.pointer == "/gallery/0")
        #expect(found[0].entity == Entity(type: .book, id: "b1"))
        #expect(found[1].place?.line == 1)
        #expect(answer.documents == 3)
    }

    @Test func `finds an id that is no word, and not the one of another that begins so`() async throws {
        try book.execute("UPDATE file_assets SET id = 'a-' || iif(id = '\(Picture(1).id)', '1', '10')")
        try book.execute(#"CREATE TABLE pages (body TEXT); INSERT INTO pages VALUES ('{"hero":"a-10"}')"#)
        try book.write(#"{"settings":{"logo":"a-10"}}"#, to: "settings.json")
        let workspace = try Workspace(book.settings, host: book.host, access: Access(catalog: .reads))
        defer { workspace.close() }
        for (id, kinds) in [("a-1", []), ("a-10", [.table, .text])] as [(String, [AssetReference.Kind])] {
            let asset = try AssetCatalog(workspace).asset(named: id)
            let answer = try await WhyRun(workspace).run(
                asset, documents: [PathGroup(settings: book.settings, paths: [book.path])])
            #expect(answer.references.map(\.kind).filter { [.table, .text].contains($0) } == kinds)
        }
    }

    @Test func `says what could not be read`() async throws {
        try book.write("{", to: "bad.json")
        let answer = try await why(Picture(1), documents: [book.path])
        #expect(answer.failures.map(\.code) == [.notJSON])
    }
}
