import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinSync
import TipinTestSupport

/// RULES 4 "Links" and "One asset, several books and remotes".
struct DocumentLinksTests {
    private func links(_ book: TestBook, _ type: EntityType = .book, _ id: String = "b1") throws -> [String] {
        try book.withCatalog { catalog in
            try catalog.read { reader in
                try reader.links(of: Entity(type: type, id: id)).map { link in
                    let number = (0...9).first { Picture($0).id == link.assetID } ?? -1
                    let marks = try reader.marks(of: link.id).map(\.document)
                    return "\(link.role) \(number) \(marks.joined(separator: ","))"
                }
            }
        }
    }

    private func appLink(_ book: TestBook, _ number: Int, _ role: String) throws {
        _ = try book.withCatalog { catalog in
            try catalog.write { writer in
                try writer.link(
                    LinkSpec(assetID: Picture(number).id, entity: Entity(type: .book, id: "b1"), role: role, mark: nil))
            }
        }
    }

    @Test func `a document's own links are replaced`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","coverImage":"$data1","gallery":["$data2","$data3"]}"#, to: "book.json")
        try await book.run(.migrate)
        #expect(try links(book) == ["cover 1 b1", "gallery 2 b1", "gallery 3 b1"])
        try book.write(#"{"id":"b1","coverImage":"$data4","gallery":["$data3"]}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try links(book) == ["cover 4 b1", "gallery 3 b1"])
    }

    @Test func `links of the app are never dropped`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1), Picture(2)])
        try appLink(book, 1, "gallery")
        try appLink(book, 2, "map")
        try book.write(#"{"id":"b1","gallery":["$data1"]}"#, to: "book.json")
        try await book.run(.migrate)
        try book.write(#"{"id":"b1","gallery":[]}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try links(book) == ["gallery 1 ", "map 2 "])
    }

    @Test func `a mention that fails this time keeps its link`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","gallery":["$data1"]}"#, to: "book.json")
        try await book.run(.migrate)
        try book.write(#"{"id":"b1","gallery":["gone.png","$data2"]}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["asset-missing"])
        #expect(try links(book) == ["gallery 1 b1", "gallery 2 b1"])
    }

    @Test(arguments: [true, false]) func `a document without an id is known by its path`(
        _ isBelowConfiguration: Bool
    ) async throws {
        var book = try TestBook(hasRemote: false)
        if isBelowConfiguration { book.settings.folder = book.temporary.path }
        try book.write(#"{"bookId":"b1","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#, to: "part/x.json")
        try await book.run(.migrate)
        let prefix = isBelowConfiguration ? "" : book.temporary.path + "/"
        #expect(try links(book) == ["attachment 1 \(prefix)book/part/x.json"])
    }

    @Test func `documents without an id that have one name are two`() async throws {
        let book = try TestBook(hasRemote: false)
        func text(_ node: String) -> String {
            #"{"bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":\#(node)}]}}"#
        }
        try book.write(text(#"{"assetId":"img1","src":"$data1"}"#), to: "one/ch.json")
        try book.write(text(#"{"assetId":"img1"}"#), to: "two/ch.json")
        #expect(try await book.run(.migrate, ["one"]).status == .success)
        #expect(try await book.run(.migrate, ["two"]).codes == ["asset-unknown"])
        #expect(try book.read("two/ch.json") == text(#"{"assetId":"img1"}"#))
    }

    @Test func `a dry run, resolve and check make no links`() async throws {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "book.json")
        try await book.run(.resolve)
        try await book.run(.migrate, to: .nowhere)
        _ = try await book.check()
        #expect(try links(book).isEmpty)
    }

    // MARK: Covers

    private func contradictingBook() async throws -> TestBook {
        let book = try TestBook(hasRemote: false)
        try await book.store([Picture(1)])
        try appLink(book, 1, "cover")
        try book.write(#"{"id":"b1","coverImage":"$data2"}"#, to: "book.json")
        return book
    }

    @Test func `a cover of the app stays and is told`() async throws {
        let book = try await contradictingBook()
        let report = try await book.run(.migrate)
        #expect(report.codes == ["cover-contradicts-catalog"])
        #expect(report.severity(.coverContradictsCatalog) == .warning)
        #expect(try links(book) == ["cover 1 "])
        #expect(try book.read("book.json").contains(Picture(2).id), "the document still gets its file reference")
    }

    @Test func `a document's own cover gives way to its new one where another mention fails`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "book.json")
        try await book.run(.migrate)
        try book.write(#"{"id":"b1","coverImage":"$data2","gallery":["gone.png"]}"#, to: "book.json")
        #expect(try await book.run(.migrate).codes == ["asset-missing"])
        #expect(try links(book) == ["cover 2 b1"])
    }

    @Test func `the document's cover can be preferred`() async throws {
        let book = try await contradictingBook()
        #expect(try await book.run(.migrate) { $0.preference = .document }.codes.isEmpty)
        #expect(try links(book) == ["cover 2 b1"])
    }

    @Test func `the catalog's cover can be preferred`() async throws {
        let book = try await contradictingBook()
        #expect(try await book.run(.migrate) { $0.preference = .catalog }.codes.isEmpty)
        #expect(try links(book) == ["cover 1 "])
    }

    @Test(arguments: [nil, Preference.catalog, .document]) func `two documents' covers make no link unless preferred`(
        _ preference: Preference?
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "a.json")
        try book.write(#"{"id":"b1","coverImage":"$data2","title":"copy"}"#, to: "b.json")
        let report = try await book.run(.migrate) { $0.preference = preference }
        #expect(report.codes == (preference == nil ? ["cover-contradicts-document"] : []))
        #expect(report.problems(.coverContradictsDocument).count == (preference == nil ? 2 : 0))
        #expect(report.severity(.coverContradictsDocument) == (preference == nil ? .warning : nil))
        #expect(try links(book) == (preference == .document ? ["cover 2 b1"] : []))
    }

    @Test func `two documents that agree on a cover do not contradict each other`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Picture(1), to: "cover.png")
        try book.write(#"{"id":"b1","coverImage":"cover.png"}"#, to: "book.json")
        try book.write(#"{"id":"b1","coverImage":"../cover.png"}"#, to: "copy/book.json")
        for _ in 0..<2 {
            #expect(Set(try await book.run(.migrate).codes).isSubset(of: ["src-removed"]))
            #expect(try links(book) == ["cover 1 b1"])
        }
    }

    /// - Parameter covers: the cover of one book in documents of their own.
    private func bookWithCovers(_ covers: [String]) throws -> TestBook {
        let book = try TestBook(hasRemote: false)
        for number in [1, 2] {
            try book.write(Picture(number), to: "\(number).png")
            try book.write(Picture(number), to: "copies/\(number).png")
        }
        for (index, cover) in covers.enumerated() {
            let value = cover.hasPrefix("{") ? cover : "\"\(cover)\""
            try book.write(#"{"id":"b1","coverImage":\#(value)}"#, to: "\(index).json")
        }
        return book
    }

    @Test(arguments: [
        ["1.png", "copies/1.png"], ["1.png", "$data1"], ["1.png", "1.png?v=2"],
        ["1.png", #"{"assetId":"x","sha256":"$sha1"}"#],
    ]) func `different ways to one picture do not contradict each other`(_ covers: [String]) async throws {
        let book = try bookWithCovers(covers)
        for _ in 0..<2 {
            #expect(Set(try await book.run(.migrate).codes).isSubset(of: ["src-removed"]))
            #expect(try links(book) == ["cover 1 b1"])
        }
    }

    @Test(arguments: [
        ["1.png", "2.png", "2.png"], ["2.png", "2.png", "1.png"], ["1.png", "2.png", "1.png"], ["1.png", "$data2"],
    ]) func `different pictures contradict each other in every run`(_ covers: [String]) async throws {
        let book = try bookWithCovers(covers)
        for _ in 0..<2 {
            let report = try await book.run(.migrate)
            #expect(report.problems(.coverContradictsDocument).count == covers.count)
            #expect(try links(book).isEmpty)
        }
    }

    // MARK: Several books

    @Test func `an asset of two books has one row, two entries and two uploads`() async throws {
        let book = try TestBook()
        let other = Chapter.text(#"{"src":"$data1"}"#, id: "c2").replacing(#""b1""#, with: #""b2""#)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(other, to: "c2.json")
        let report = try await book.run(.publish)
        #expect(report.codes.isEmpty)
        #expect(report.importedAssets == 1)
        #expect(report.uploads == 2)
        let files = book.manifest(below: "data").keys.filter { $0.hasSuffix("original.png") }.sorted()
        #expect(files == ["b1", "b2"].map { "books/\($0)/files/\(Picture(1).sha256)/original.png" })
        let sent = book.manifest(below: "cdn").keys.filter { $0.hasSuffix(".png") }.sorted()
        #expect(sent == ["b1", "b2"].map { "\($0)/\(Picture(1).sha256).png" })
        let (rows, lines) = try book.withCatalog { catalog in
            try catalog.read { (try $0.assets(AssetFilter()), try $0.uploads(of: Picture(1).id)) }
        }
        #expect(rows.count == 1)
        #expect(lines.map(\.key.bookID) == ["b1", "b2"])
        #expect(lines.map(\.remoteURL) == ["b1", "b2"].map { TestBook.url(Picture(1), book: $0) })
        #expect(rows.first?.remoteURL == TestBook.url(Picture(1)), "the owner book's")
        #expect(try book.read().contains(TestBook.url(Picture(1))))
        #expect(try book.read("c2.json").contains(TestBook.url(Picture(1), book: "b2")))
    }

    @Test func `tags of an upload are all its roles in the book, the cover first`() async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        try book.write(
            #"{"id":"b1","gallery":["$data1"],"coverImage":"$data1","chapters":[{"id":"c1","content":[{"type":"image","attrs":{"src":"$data1"}}]}]}"#,
            to: "book.json")
        try book.write(#"{"id":"b2","gallery":["$data1"]}"#, to: "other/book.json")
        #expect(try await book.run(.publish).codes.isEmpty)
        let tags = Dictionary(remote.uploads.map { ($0.bookID, $0.tags) }) { first, _ in first }
        #expect(tags == ["b1": ["cover", "attachment", "gallery"], "b2": ["gallery"]])
    }
}
