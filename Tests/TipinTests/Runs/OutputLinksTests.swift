import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// What is written to an output folder lies below it: no link leads a run, or its undoing, elsewhere.
struct OutputLinksTests {
    private static let padding = String(repeating: "x", count: 400_000)

    private static func book() throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "sub/c.json")
        return book
    }

    private static func link(_ book: TestBook, _ name: String, to target: String) throws {
        let path = book.temporary.path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private static func out(_ book: TestBook) -> Destination { .folder(book.temporary.path + "/out") }

    @Test(arguments: ["../book/sub", "../elsewhere", "../nowhere"])
    func `a folder that is a link is not written through`(_ target: String) async throws {
        let book = try Self.book()
        try book.temporary.write("mine", to: "elsewhere/note.txt")
        try Self.link(book, "out/sub", to: target)
        let before = [book.manifest(below: "book"), book.manifest(below: "elsewhere")]
        let report = try await book.run(.migrate, to: Self.out(book))
        #expect(report.codes == ["document-linked"])
        #expect(report.failedDocuments == 1)
        #expect([book.manifest(below: "book"), book.manifest(below: "elsewhere")] == before)
        #expect(!FileManager.default.fileExists(atPath: book.temporary.path + "/nowhere"))
        #expect(FileManager.default.fileExists(atPath: book.temporary.path + "/out/a.json"))
    }

    @Test func `nor is it where many lines are written`() async throws {
        let book = try Self.book()
        let lines = (0..<15).map { number in
            #"{"pad":"\#(Self.padding)","#
                + Chapter.line(#"{"src":"$data\#(number % 5)"}"#, id: "n\(number)").dropFirst()
        }
        try book.write(lines.joined(separator: "\n"), to: "sub/many.ndjson")
        try Self.link(book, "out/sub", to: "../book/sub")
        let before = book.manifest(below: "book")
        let report = try await book.run(.migrate, to: Self.out(book))
        #expect(report.codes == ["document-linked"])
        #expect(book.manifest(below: "book") == before)
    }

    @Test func `the output folder itself may be a link`() async throws {
        let book = try Self.book()
        try book.temporary.write("mine", to: "real/note.txt")
        try Self.link(book, "out", to: "real")
        #expect(try await book.run(.migrate, to: Self.out(book)).codes.isEmpty)
        #expect(try book.temporary.read("real/sub/c.json") != book.temporary.read("book/sub/c.json"))
        #expect(try await book.undo().codes.isEmpty)
        #expect(book.manifest(below: "real").filter { $0.value != "folder" }.keys.sorted() == ["note.txt"])
    }

    @Test func `a manifest file stands beside the name that its document has, wherever that leads to`() async throws {
        var book = try Self.book()
        book.settings.books = ["b1"]
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#, to: "a.json")
        try book.temporary.write("{}", to: "elsewhere/b.json")
        try Self.link(book, "out/a.json", to: "../elsewhere/b.json")
        let report = try await book.run(.migrate, to: Self.out(book)) { $0.followsLinks = true }
        #expect(report.codes.isEmpty)
        let files = book.manifest(below: "elsewhere").keys.sorted()
        #expect(files == ["b.json"])
        let manifest = try book.temporary.read("out/a.fileRefs.json")
        #expect(String(decoding: manifest, as: UTF8.self).contains(Picture(1).sha256))
        // Read from there nothing of it is missing.
        #expect(try await book.check(.source, [book.temporary.path + "/out/sub"]).errorCount == 0)
        let again = try await book.run(.migrate, to: Self.out(book)) { $0.followsLinks = true }
        #expect(again.writtenFiles.isEmpty)
    }

    @Test func `an undoing follows no link that took a folder's place`() async throws {
        let book = try Self.book()
        #expect(try await book.run(.migrate, to: Self.out(book)).codes.isEmpty)
        let root = book.temporary.path
        try FileManager.default.moveItem(atPath: root + "/out/sub", toPath: root + "/elsewhere")
        try Self.link(book, "out/sub", to: "../elsewhere")
        let before = book.manifest(below: "elsewhere")
        let report = try await book.undo()
        #expect(report.codes == ["document-linked"])
        #expect(report.failedDocuments == 1)
        #expect(book.manifest(below: "elsewhere") == before)
    }
}
