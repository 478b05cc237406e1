import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

/// Links that documents made (RULES 5): dropped only where the book's complete set is named.
struct CleanRunLinksTests {
    private let book: TestBook
    private let chapter = Entity(type: .chapter, id: "c1")

    init() async throws {
        book = try TestBook(hasRemote: false)
        for number in 1...2 { try book.write(Picture(number), to: "\(number).png") }
        try book.write(Chapter.text(#"{"src":"1.png"}"#))
        try book.write(Chapter.text(#"{"src":"2.png"}"#, id: "c2"), to: "c2.json")
        #expect(try await book.run(.migrate).status == .success)
    }

    private func links() throws -> [String] {
        try book.withCatalog { catalog in
            try catalog.read { reader in
                try ["c1", "c2"].flatMap { try reader.links(of: Entity(type: .chapter, id: $0)) }.map(\.entity.id)
            }
        }
    }

    @Test func `a document that is gone keeps its links until its book's complete set is named`() async throws {
        try FileManager.default.removeItem(atPath: book.path + "/c2.json")
        let later = book.later(hours: 25)
        #expect(try await later.clean().words == [])
        #expect(try await later.clean(documents: [book.path]).words == [])
        #expect(try links() == ["c1", "c2"])
        let cleaned = try await later.clean(documents: [book.path], books: ["b1"])
        #expect(cleaned.words == ["unlink \(Picture(2).id)"])
        #expect(try links() == ["c1"])
        // The picture itself has a grace period of its own from now on.
        #expect(try await later.later(hours: 23).clean(documents: [book.path]).words == [])
        #expect(try await later.later(hours: 25).clean(documents: [book.path]).words == [])
        // Undoing the run would need it for as long as the run's journal is there.
        try FileManager.default.removeItem(atPath: book.dataPath + "/runs")
        #expect(
            try await later.later(hours: 25).clean(documents: [book.path]).words == ["remove \(Picture(2).id)"])
    }

    @Test(arguments: [0, 24]) func `a dry run counts links that would be dropped as gone`(hours: Int64) async throws {
        try FileManager.default.removeItem(atPath: book.path + "/c2.json")
        try FileManager.default.removeItem(atPath: book.dataPath + "/runs")
        var later = book.later(hours: 25)
        later.settings.graceMilliseconds = hours * 3_600_000
        let told = try await later.clean(deletes: false, documents: [book.path], books: ["b1"])
        #expect(told.words == ["unlink \(Picture(2).id)"] + (hours == 0 ? ["remove \(Picture(2).id)"] : []))
        #expect(told.sum.young == (hours == 0 ? 0 : 1))
        #expect(try await later.clean(documents: [book.path], books: ["b1"]) == told)
    }

    @Test func `young links, and links that others made too, stay`() async throws {
        try FileManager.default.removeItem(atPath: book.path + "/c2.json")
        #expect(try await book.later(hours: 23).clean(documents: [book.path], books: ["b1"]).words == [])
        try book.withCatalog { catalog in
            try catalog.write { writer in
                _ = try writer.link(
                    LinkSpec(
                        assetID: Picture(2).id, entity: Entity(type: .chapter, id: "c2"), role: "attachment", mark: nil)
                )
            }
        }
        #expect(try await book.later(hours: 25).clean(documents: [book.path], books: ["b1"]).words == [])
        #expect(try links() == ["c1", "c2"])
    }

    @Test func `a document that does not name the picture any more lets it go`() async throws {
        try book.write(Chapter.text())
        let cleaned = try await book.later(hours: 25).clean(documents: [book.path], books: ["b1"])
        #expect(cleaned.words == ["unlink \(Picture(1).id)"])
        #expect(try links() == ["c2"])
    }

    @Test func `a document that is saved meanwhile stops it`() async throws {
        try await book.store([Picture(3)])
        try book.write(Chapter.text())
        let later = book.later(hours: 25)
        let error = await #expect(throws: CleanError.self) {
            try await later.clean(documents: [book.path], books: ["b1"]) { item in
                if item.action == .unlink { try book.write(Chapter.text(#"{"assetId":"$id3"}"#)) }
            }
        }
        #expect(error?.problem.code == .documentChanged)
        #expect(error?.problem.isTransient == true)
        #expect(try book.withCatalog { try $0.read { try $0.asset(id: Picture(3).id) } } != nil)
        #expect(try await later.clean(documents: [book.path]).words == [])
    }

    // MARK: The whole set

    @Test func `what stands behind a link that is not followed keeps everything`() async throws {
        try FileManager.default.moveItem(atPath: book.path + "/c2.json", toPath: book.temporary.path + "/c2.json")
        #expect(symlink(book.temporary.path, book.path + "/linked") == 0)
        let before = book.manifest(below: "data")
        for books in [[], ["b1"]] {
            let error = await #expect(throws: CleanError.self) {
                try await book.later(hours: 25).clean(documents: [book.path], books: books)
            }
            #expect(error?.problem.code == .documentsUnread)
            #expect(error?.diagnostics.map(\.code) == [.linkNotFollowed])
            #expect(error?.diagnostics.map(\.severity) == [.error])
        }
        #expect(book.manifest(below: "data") == before)
        #expect(try links() == ["c1", "c2"])
    }

    @Test func `a set without the book's own document is not complete`() async throws {
        try book.write(#"{"id":"b1","coverImage":"1.png"}"#, to: "book.json")
        #expect(try await book.run(.migrate).status == .success)
        let chapters = ["c1", "c2"].map { book.path + "/\($0).json" }
        let later = book.later(hours: 25)
        let error = await #expect(throws: CleanError.self) {
            try await later.clean(documents: chapters, books: ["b1"])
        }
        #expect(error?.problem.code == .documentsUnread)
        #expect(error?.problem.notes.contains("book 'b1' made links and was not read") == true)
        #expect(try await later.clean(documents: [book.path], books: ["b1"]).words == [])
        #expect(try await later.clean(documents: chapters).words == [])
    }

    @Test func `of many documents that are missing from the set it is said how many`() {
        let documents = (1...5).map { "chapter 'c\($0)'" }
        let problem = CleanError.setIncomplete("b1", documents).problem
        #expect(problem.notes.count == 5)
        #expect(problem.notes.last == "and 2 more")
        #expect(problem.help.contains { $0.contains("tipin assets unlink") })
    }

    @Test func `a document without an id is gone only where its file is`() async throws {
        try book.write(
            #"{"bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"2.png"}}]}}"#,
            to: "plain.json")
        #expect(try await book.run(.migrate).status == .success)
        let chapters = ["c1", "c2"].map { book.path + "/\($0).json" }
        let later = book.later(hours: 25)
        let error = await #expect(throws: CleanError.self) {
            try await later.clean(documents: chapters, books: ["b1"])
        }
        #expect(error?.problem.notes.last?.contains("plain.json") == true)
        try FileManager.default.removeItem(atPath: book.path + "/plain.json")
        #expect(try await later.clean(documents: chapters, books: ["b1"]).words == ["unlink \(Picture(2).id)"])
    }
}
