import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// `assets restrip`, and what documents say afterwards.
struct RestripRunTests {
    private static let placed = Picture(positioned: 1)

    /// A book whose one picture was imported with its position, and published so.
    private func book() async throws -> TestBook {
        var book = try TestBook()
        book.settings.importLimits.metadata = .keep
        try book.write(Chapter.text(#"{"src":"\#(Self.placed.dataURL)"}"#))
        try book.write(#"{"id":"b1","coverImage":"\#(Self.placed.dataURL)"}"#, to: "book.json")
        #expect(try await book.run(.publish).codes.isEmpty)
        book.settings.importLimits.metadata = .stripGPS
        return book
    }

    private func restrip(
        _ book: TestBook, _ names: [String] = []
    ) async throws -> (pairs: [RestripRun.Pair], unchanged: Int, report: RunReport) {
        let workspace = try book.writing()
        defer { workspace.close() }
        return try await RestripRun(workspace).run(names)
    }

    @Test func `the next publish shows the new picture and nothing of the old one`() async throws {
        let book = try await book()
        let before = [try book.read(), try book.read("book.json")]
        #expect(before.allSatisfy { $0.contains(Self.placed.sha256) })
        // Unchanged rules and documents: a picture with its position is not published again.
        #expect(try await book.run(.publish).codes.contains("position-in-picture"))
        let result = try await restrip(book)
        #expect(result.pairs.map { [$0.old, $0.new] } == [[Self.placed.id, Picture(1).id]])
        #expect(result.report.diagnostics.isEmpty)
        #expect(result.pairs.map(\.copies) == [[TestBook.url(Self.placed)]])
        #expect([try book.read(), try book.read("book.json")] == before)
        #expect(try await book.check().codes == ["asset-replaced"])
        #expect(try await book.run(.publish).codes.isEmpty)
        let cover = try book.read("book.json")
        #expect(cover.contains(Picture(1).sha256) && cover.contains(TestBook.url(Picture(1))))
        #expect(!cover.contains(Self.placed.sha256) && !cover.contains(Self.placed.id))
        let chapter = try book.read()
        #expect(chapter.contains(book.expanded(#"{"src":"$url1","assetId":"$id1"}"#)))
        #expect(!chapter.contains(Self.placed.sha256) && !chapter.contains(Self.placed.id))
        #expect(try await book.run(.publish).changedDocuments == 0)
        #expect(try await book.check(.publish).errorCount == 0)
    }

    @Test func `a second run replaces nothing, and names may be given`() async throws {
        let book = try await book()
        let first = try await restrip(book, [Self.placed.id])
        #expect(first.pairs.count == 1)
        let again = try await restrip(book)
        #expect(again.pairs.isEmpty && again.unchanged == 2)
        await #expect(throws: (any Error).self) { try await restrip(book, ["nobody"]) }
    }

    @Test func `resolve rewrites before anything is sent, and the old address stays till then`() async throws {
        let book = try await book()
        _ = try await restrip(book)
        #expect(try await book.run(.resolve).codes.isEmpty)
        let text = try book.read()
        #expect(text.contains(#""assetId":"\#(Picture(1).id)""#))
        #expect(text.contains(#""src":"\#(TestBook.url(Self.placed))""#))
        #expect(try await book.run(.resolve).changedDocuments == 0)
        #expect(try await book.run(.publish).codes.isEmpty)
        let published = try book.read()
        #expect(published.contains(book.expanded(#""src":"$url1""#)))
        #expect(!published.contains(Self.placed.sha256), "the entry went with the address")
    }

    @Test func `links and the cover go with it`() async throws {
        let book = try await book()
        _ = try await restrip(book)
        try book.withCatalog { catalog in
            let (old, new) = try catalog.read { reader in
                try (reader.links(toAsset: Self.placed.id), reader.links(toAsset: Picture(1).id))
            }
            #expect(old.isEmpty)
            #expect(new.map(\.role) == ["cover", "attachment"])
        }
    }

    @Test func `a picture that is missing or damaged is named, and the others are done`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.importLimits.metadata = .keep
        let pictures = (1...4).map { Picture(positioned: $0) }
        try await book.store(pictures)
        book.settings.importLimits.metadata = .stripGPS
        try book.removeBlob(pictures[0])
        try book.spoil(pictures[1], with: Picture(9).bytes)
        let result = try await restrip(book)
        #expect(Set(result.pairs.map(\.old)) == Set(pictures[2...].map(\.id)))
        #expect(result.report.status == .failure)
        #expect(result.report.codes == ["blob-damaged", "blob-missing"])
        for (code, picture) in [(DiagnosticCode.blobMissing, pictures[0]), (.blobDamaged, pictures[1])] {
            let problem = try #require(result.report.problems(code).first)
            #expect(problem.notes.contains { $0.contains(picture.id) })
            #expect(problem.help.allSatisfy { !$0.contains("tipin sync") }, "there is no remote")
        }
        let workspace = try book.writing()
        defer { workspace.close() }
        let thumbnails = try await ThumbnailRun(workspace).run([])
        #expect(thumbnails.results.count == 4 && thumbnails.report.codes == ["blob-missing"])
    }

    @Test func `thumbnails of all pictures are made once`() async throws {
        let book = try await book()
        let workspace = try book.writing()
        defer { workspace.close() }
        let first = try await ThumbnailRun(workspace).run([])
        #expect(first.results.map { $0.thumbnails.map(\.size) } == [[256, 1024]])
        #expect(first.results.map(\.madeCount) == [2])
        let second = try await ThumbnailRun(workspace, sizes: [1024]).run([Self.placed.id])
        #expect(second.results.map(\.madeCount) == [0])
        #expect(second.results[0].thumbnails[0].width == Picture.width)
    }
}
