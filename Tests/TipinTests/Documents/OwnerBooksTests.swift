import Testing
import Tipin
import TipinDiagnostics
import TipinDocument

struct OwnerBooksTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var file = "doc.json"
        var text = #"{"type":"doc","content":[{"type":"image","attrs":{"src":"a.png"}}]}"#
        var books: [String: String] = [:]
        /// Whole texts beside the document.
        var others: [String: String] = [:]
        var given: [String] = []
        let owner: String?
    }

    static func bookText(_ id: String) -> String { #"{"id":"\#(id)","coverImage":"cover.png"}"# }

    static let cases = [
        Case(
            testDescription: "the document's bookId before everything else",
            text: #"{"bookId":"own","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"a.png"}}]}}"#,
            books: ["book.json": "near"], given: ["given"], owner: "own"),
        Case(
            testDescription: "a book's own id before a book beside it", text: #"{"id":"self","coverImage":"a.png"}"#,
            given: ["given"], owner: "self"),
        Case(
            testDescription: "the book document in the same folder before one above",
            file: "part/doc.json", books: ["part/book.json": "near", "book.json": "far"], given: ["given"],
            owner: "near"),
        Case(
            testDescription: "a book document three folders above", file: "a/b/c/doc.json",
            books: ["book.json": "above"], given: ["given"], owner: "above"),
        Case(
            testDescription: "no book document four folders above", file: "a/b/c/d/doc.json",
            books: ["book.json": "above"], given: ["given"], owner: "given"),
        Case(
            testDescription: "no answer from two different books at one level", file: "part/doc.json",
            books: ["part/one.json": "one", "part/two.json": "two", "book.json": "above"], owner: nil),
        Case(
            testDescription: "the flag where two books at one level give no answer",
            books: ["one.json": "one", "two.json": "two"], given: ["given"], owner: "given"),
        Case(
            testDescription: "one book said twice at one level", books: ["one.json": "same", "two.json": "same"],
            owner: "same"),
        Case(
            testDescription: "a book whose keys are escaped",
            others: ["book.json": #"{"id":"near","\u0063haracters":[]}"#], owner: "near"),
        Case(
            testDescription: "no book in what is no JSON, no object, or hides its keys in a value",
            others: [
                "a.json": #"{"id":"a","chapters"]"#, "b.json": #"{"id":"b","chapters":[]"#,
                "c.json": #""{\"chapters\":1}""#,
                "d.json": #"{"id":"d","x":{"chapters":[]}}"#, "e.json": "{", "f.json": "", "g.json": #"{"id":"g"}}"#,
            ], owner: nil),
        Case(testDescription: "what a flag says where nothing else does", given: ["given"], owner: "given"),
        Case(testDescription: "nothing where a flag says two books", given: ["one", "two"], owner: nil),
        Case(testDescription: "nothing where nobody says a book", owner: nil),
    ]

    @Test(arguments: cases) func `owner is the first that answers`(_ owned: Case) async throws {
        var book = try TestBook()
        book.settings.books = owned.given
        for (name, id) in owned.books { try book.write(Self.bookText(id), to: name) }
        for (name, text) in owned.others { try book.write(text, to: name) }
        try book.write(owned.text, to: owned.file)
        let mentions = try await book.scan([owned.file])
        #expect(mentions.map(\.entity) == [owned.owner.map { Entity(type: .book, id: $0) }])
    }

    @Test func `a book is found in a folder of many documents`() async throws {
        let book = try TestBook()
        let text = #"{"type":"doc","content":[{"type":"image","attrs":{"src":"a.png"}}]}"#
        for number in 0..<1200 { try book.write(text, to: "\(1000 + number).json") }
        try book.write(Self.bookText("b7"), to: "book.json")
        let mentions = try await book.scan(["2199.json"])
        #expect(mentions.map(\.entity) == [Entity(type: .book, id: "b7")])
    }

    @Test func `a document without a book is an error that says the four ways`() async throws {
        let book = try TestBook()
        let text = #"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#
        try book.write(text)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["book-unknown"])
        #expect(report.status == .failure)
        #expect(report.failedDocuments == 1)
        let help = try #require(report.problems(.bookUnknown).first).help.joined()
        for way in ["--book", "bookId", "tipin.json", "book.json"] { #expect(help.contains(way)) }
        #expect(try book.read() == book.expanded(text))
    }

    @Test func `a document without pictures needs no book`() async throws {
        let book = try TestBook()
        try book.write(#"{"type":"doc","content":[{"type":"paragraph"}]}"#)
        #expect(try await book.run(.migrate).codes.isEmpty)
    }

    @Test(arguments: TestBook.Command.allCases)
    func `another book's document is left alone`(_ command: TestBook.Command) async throws {
        var book = try TestBook()
        book.settings.books = ["b2"]
        let text = Chapter.text(#"{"src":"$data1"}"#)
        try book.write(text)
        let report = try await book.run(command)
        #expect(report.severity(.foreignBook) == .warning)
        #expect(report.status == .success)
        #expect(try book.read() == book.expanded(text))
        #expect(report.importedAssets == 0)
    }

    @Test func `another book's document is read by scan and check`() async throws {
        var book = try TestBook()
        book.settings.books = ["b2"]
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.scan().count == 1)
        #expect(try await book.check().codes.contains("data-url-inline"))
    }

    @Test func `two books can be worked on together`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.books = ["b1", "b2"]
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.migrate).changedDocuments == 1)
    }
}
