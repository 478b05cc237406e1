import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinFiles
import TipinTestSupport

struct RebookRunTests {
    private func rebook(_ book: TestBook, _ old: String = "b1", _ new: String = "b2") throws -> RebookRun.Result {
        try book.rebook(old, as: new)
    }

    private func text(book: String) -> String {
        Chapter.text(#"{"assetId":"$id1"}"#).replacing(#""bookId":"b1""#, with: #""bookId":"\#(book)""#)
    }

    @Test func `a book that got another id is published under it with what it had`() async throws {
        let book = try TestBook()
        try book.write(Picture(1), to: "1.png")
        try book.write(Chapter.text(#"{"src":"1.png"}"#))
        #expect(try await book.run(.publish).status == .success)
        let published = try book.read()
        let result = try rebook(book)
        #expect((result.assets, result.links, result.resends) == (1, 0, 1))
        #expect(FileManager.default.contents(atPath: book.blobPath(Picture(1), book: "b2")) == Data(Picture(1).bytes))
        #expect(!FileManager.default.fileExists(atPath: book.dataPath + "/books/b1"))
        try book.write(published.replacing(#""bookId":"b1""#, with: #""bookId":"b2""#))
        let report = try await book.run(.publish)
        #expect(report.status == .success)
        #expect((report.importedAssets, report.uploads) == (0, 1))
        #expect(try book.read().contains(TestBook.url(Picture(1), book: "b2")))
        #expect(FileManager.default.fileExists(atPath: book.remoteFile(Picture(1), book: "b2")))
        let again = try rebook(book)
        #expect((again.assets, again.links, again.resends) == (0, 0, 0))
    }

    @Test func `covers and galleries of the book come along`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1), Picture(2)])
        try book.withCatalog { catalog in
            try catalog.write { writer in
                let entity = Entity(type: .book, id: "b1")
                try writer.link(LinkSpec(assetID: Picture(1).id, entity: entity, role: "cover"))
                try writer.link(LinkSpec(assetID: Picture(2).id, entity: entity, role: "gallery", sortOrder: 4))
            }
        }
        #expect(try rebook(book).links == 2)
        let links = try book.withCatalog { catalog in
            try catalog.read { try $0.links(of: Entity(type: .book, id: "b2")) }
        }
        #expect(links.map(\.role) == ["cover", "gallery"])
        #expect(links.map(\.sortOrder) == [0, 4])
    }

    @Test func `a second time finishes what a killed run left`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        _ = try rebook(book)
        // The catalog was told, the old name did not go.
        try book.temporary.write(Picture(1).bytes, to: "data/books/b1/files/\(Picture(1).sha256)/original.png")
        #expect(try rebook(book).assets == 0)
        #expect(!FileManager.default.fileExists(atPath: book.dataPath + "/books/b1"))
    }

    @Test func `where an older version did it, which noted nothing, it is said that nothing is left to do`()
        async throws
    {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        #expect(try !rebook(book).isRepeat)
        #expect(try rebook(book).isRepeat)
        try book.forgetRebookings()
        let before = book.manifest(below: "data/books")
        let error = #expect(throws: RebookError.self) { try rebook(book) }
        #expect(error == .unknown("b1", standing: "b2"))
        #expect(
            error?.problem.notes == ["the store has book 'b2': if its id was 'b1' once, nothing is left to do"])
        #expect(book.manifest(below: "data/books") == before)
    }

    @Test func `contradictions are refused and change nothing`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try await book.store([Picture(2)], book: "b2")
        try book.withCatalog { catalog in
            try catalog.write { writer in
                for number in 1...2 {
                    let entity = Entity(type: .book, id: "b\(number)")
                    try writer.link(LinkSpec(assetID: Picture(number).id, entity: entity, role: "cover"))
                }
            }
        }
        let before = book.manifest(below: "data/books")
        let error = #expect(throws: RebookError.self) { try rebook(book) }
        #expect(error?.problem.code == .rebookConflict)
        #expect(book.manifest(below: "data/books") == before)
        #expect(throws: RebookError.unknown("b7", standing: nil)) { try rebook(book, "b7", "b8") }
        #expect(throws: RebookError.same("b1")) { try rebook(book, "b1", "b1") }
        #expect(throws: BlobError.bookUnusable("..")) { try rebook(book, "b1", "..") }
    }
}
