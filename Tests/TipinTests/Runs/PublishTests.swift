import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 5 "publish": all of a document or nothing.
struct PublishTests {
    @Test func `publish refuses a document whole and names each cause`() async throws {
        let book = try TestBook()
        let text = Chapter.text(#"{"src":"gone.png"}"#, #"{"src":"$data1"}"#, #"{"src":"blob:x"}"#)
        try book.write(text)
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "c2.json")
        let report = try await book.run(.publish)
        #expect(report.status == .failure)
        #expect(report.codes == ["address-dead", "asset-missing", "document-not-published"])
        let notes = try #require(report.problems(.documentNotPublished).first).notes
        #expect(notes.count == 2)
        #expect(notes[0].hasPrefix("/content/content/0/attrs/src:"))
        #expect(notes[1].hasPrefix("/content/content/2/attrs/src:"))
        #expect(try book.read() == book.expanded(text))
        #expect(try book.read("c2.json").contains(TestBook.url(Picture(2))))
        #expect(report.failedDocuments == 1)
    }

    @Test(arguments: [#""bookId":"b1","#, ""]) func `HTML content is not published, whatever its book`(
        _ bookID: String
    ) async throws {
        let book = try TestBook()
        let text = #"{"id":"c1",\#(bookID)"content":"<p><img src='a.png'></p>"}"#
        try book.write(text)
        let report = try await book.run(.publish)
        #expect(report.codes == ["document-not-published", "html-content"])
        #expect(try #require(report.problems(.documentNotPublished).first).notes[0].contains("HTML"))
        #expect(try book.read() == text)
    }

    @Test func `documents of other books are counted and said to be left alone`() async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(#"{"id":"c2","bookId":"b2","content":{"type":"doc","content":[]}}"#, to: "c2.json")
        let report = try await book.run(.publish, to: .folder(book.temporary.path + "/out"))
        #expect(report.status == .success)
        #expect(report.foreignDocuments == 1)
        let summary = Report(report).summary()
        #expect(summary.contains("1 document of other books left alone"))
    }

    @Test func `a picture that keeps its position is not published`() async throws {
        let book = try TestBook()
        let picture = Picture(positioned: 1)
        let text = Chapter.text(
            #"{"assetId":"mine"}"#, manifest: #"{"mine":{"assetId":"mine","sha256":"\#(picture.sha256)"}}"#)
        try book.write(text)
        try book.temporary.write(picture.bytes, to: "attic/1.png")
        let report = try await book.run(.publish) { $0.searchFolders = [book.temporary.path + "/attic"] }
        #expect(report.codes == ["document-not-published", "position-in-picture"])
        #expect(report.severity(.positionInPicture) == .error)
        #expect(try book.read() == text)
        var keeping = book
        keeping.settings.importLimits.metadata = .keep
        #expect(try await keeping.run(.publish).codes.isEmpty)
    }

    @Test func `a private remote may have private addresses`() async throws {
        var book = try TestBook()
        book.settings.remote = "folder:\(book.remotePath)?base=http://127.0.0.1:8080/b"
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(try book.read().contains("http://127.0.0.1:8080/b/b1/"))
    }

    @Test(arguments: [true, false]) func `a line that cannot be published stays and the others go`(
        _ isInPlace: Bool
    ) async throws {
        let book = try TestBook()
        let failing = Chapter.text(#"{"src":"gone.png"}"#, id: "n2")
        try book.write(
            Chapter.text(#"{"src":"$data1"}"#) + failing + Chapter.text(#"{"src":"$data2"}"#, id: "n3"),
            to: "all.ndjson")
        let report = try await book.run(.publish, to: isInPlace ? .inPlace : .folder(book.temporary.path + "/out"))
        #expect(report.status == .failure)
        #expect(report.diagnostics.first { $0.code == .documentNotPublished }?.place?.line == 2)
        let text = String(
            decoding: try book.temporary.read(isInPlace ? "book/all.ndjson" : "out/all.ndjson"), as: UTF8.self)
        let published = { (number: Int, id: String) in
            Chapter.text(
                #"{"src":"$url\#(number)","assetId":"$id\#(number)"}"#, id: id,
                manifest: "{" + Chapter.entry(number, #","remoteUrl":"$url\#(number)""#) + "}")
        }
        #expect(text == book.expanded(published(1, "c1") + failing + published(2, "n3")))
        let notes = try #require(report.problems(.documentNotPublished).first).notes
        #expect(!notes.contains { $0.contains("stays as an earlier run wrote it") })
    }

    /// - Parameter padding: so much that the lines are worked on piece by piece, or nothing.
    @Test(arguments: ["", String(repeating: "x", count: 400_000)])
    func `a line that was published stays where it cannot be any more, and the others go`(
        _ padding: String
    ) async throws {
        let book = try TestBook()
        let out = book.temporary.path + "/out"
        func lines(_ number: Int, _ last: String) -> String {
            let good = (0..<15).map { Chapter.line(#"{"src":"$data\#(number)"}"#, id: "n\($0)") }
            return (good + [last]).map { #"{"pad":"\#(padding)","# + $0.dropFirst() }.joined(separator: "\n")
        }
        func output() throws -> String { String(decoding: try book.temporary.read("out/all.ndjson"), as: UTF8.self) }
        let last = Chapter.line(#"{"src":"$data2"}"#, id: "last")
        let gone = Chapter.line(#"{"src":"gone.png"}"#, id: "last")
        try book.write(lines(1, last), to: "all.ndjson")
        #expect(try await book.run(.publish, to: .folder(out)).codes.isEmpty)
        let published = book.manifest(below: "out")
        try book.write(lines(1, gone), to: "all.ndjson")
        let report = try await book.run(.publish, to: .folder(out))
        #expect(book.manifest(below: "out") == published)
        #expect(report.writtenFiles.isEmpty)
        #expect((report.failedDocuments, report.changedDocuments) == (1, 0))
        let note = "its line in '\(out)/all.ndjson' stays as an earlier run wrote it, if one did"
        #expect(report.problems(.documentNotPublished).map { $0.notes.contains(note) } == [true])
        try book.write(lines(3, gone), to: "all.ndjson")
        let changed = try await book.run(.publish, to: .folder(out))
        #expect((changed.failedDocuments, changed.changedDocuments) == (1, 15))
        let text = try output()
        #expect(try text.matches(of: Regex(Picture(3).id)).count >= 15)
        #expect(try text.split(separator: "\n").last?.contains(Regex(Picture(2).id)) == true)
        // It is none of the older run's lines.
        try book.write(lines(3, gone.replacing("last", with: "new")), to: "all.ndjson")
        #expect(try await book.run(.publish, to: .folder(out)).failedDocuments == 1)
        #expect(try output().hasSuffix(gone.replacing("last", with: "new").dropFirst()))
        // Nobody can tell which of the older ones it is.
        let standing = book.manifest(below: "out")
        try book.write(lines(1, gone.replacing(#""id":"last","#, with: "")), to: "all.ndjson")
        let unknown = try await book.run(.publish, to: .folder(out))
        #expect(book.manifest(below: "out") == standing)
        #expect(unknown.problems(.documentNotPublished).contains { $0.notes == [Self.stays(out)] })
    }

    /// - Parameter padding: so much that the lines are worked on piece by piece, or nothing.
    @Test(arguments: ["", String(repeating: "x", count: 400_000)])
    func `books that share a file of lines are published one by one`(_ padding: String) async throws {
        var book = try TestBook()
        let out = book.temporary.path + "/out"
        func lines(_ first: String) -> String {
            let own = (0..<15).map { number in
                Chapter.line(#"{"src":"$data\#(number % 3)"}"#, id: "n\(number / 2)")
                    .replacing("b1", with: number % 2 == 0 ? "b1" : "b2")
            }
            return ([first] + own).map { #"{"pad":"\#(padding)","# + $0.dropFirst() }.joined(separator: "\n") + "\n"
        }
        // What stands is known by its id, wherever it stands.
        let first = Chapter.line(#"{"src":"$data4"}"#, id: "new")
        func publish(_ number: Int, _ text: String) async throws -> RunReport {
            book.settings.books = ["b\(number)"]
            try book.write(text, to: "all.ndjson")
            return try await book.run(.publish, to: .folder(out))
        }
        func output() throws -> String { String(decoding: try book.temporary.read("out/all.ndjson"), as: UTF8.self) }
        #expect(try await publish(1, lines(first.replacing("new", with: "old"))).changedDocuments == 9)
        #expect(try await publish(2, lines(first)).changedDocuments == 7)
        #expect(try output().matches(of: /data:image\/png/).count == 1)
        #expect(try await publish(2, lines(first)).writtenFiles.isEmpty)
        #expect(try await publish(1, lines(first)).changedDocuments == 9)
        #expect(try !output().contains("data:image/png"))
        for number in 1...2 {
            #expect(try await publish(number, lines(first)).writtenFiles.isEmpty)
        }
        let other = try TestBook()
        try other.write(lines(first), to: "all.ndjson")
        try await other.run(.publish, to: .folder(other.temporary.path + "/out"))
        #expect(try other.temporary.read("out/all.ndjson") == Array(try output().utf8))
    }

    private static func stays(_ out: String) -> String { "'\(out)/all.ndjson' stays as an earlier run wrote it" }

    /// - Parameter padding: so much that the lines are worked on piece by piece, or nothing.
    @Test(arguments: ["", String(repeating: "x", count: 400_000)])
    func `lines of another book do not keep those that were published from being published again`(
        _ padding: String
    ) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        let out = book.temporary.path + "/out"
        let other = Chapter.line(#"{"src":"$data3"}"#, id: "other").replacing("b1", with: "b2")
        func lines(_ number: Int) -> String {
            let own = (0..<15).map { Chapter.line(#"{"src":"$data\#(number)"}"#, id: "n\($0)") }
            return (own + [other]).map { #"{"pad":"\#(padding)","# + $0.dropFirst() }.joined(separator: "\n")
        }
        for number in 1...2 {
            try book.write(lines(number), to: "all.ndjson")
            let report = try await book.run(.publish, to: .folder(out))
            #expect(report.codes == ["foreign-book"])
            #expect(report.errorCount == 0)
            #expect((report.changedDocuments, report.failedDocuments) == (15, 0))
            let text = String(decoding: try book.temporary.read("out/all.ndjson"), as: UTF8.self)
            #expect(text.matches(of: try Regex(Picture(number).id)).count >= 15)
            #expect(text.hasSuffix(book.expanded(other).dropFirst()))
        }
    }

    @Test(arguments: ["", String(repeating: "x", count: 400_000)])
    func `a file that stays older because a line is no JSON is named`(_ padding: String) async throws {
        let book = try TestBook()
        let out = book.temporary.path + "/out"
        let good = (0..<15).map { number in
            #"{"pad":"\#(padding)","# + Chapter.line(#"{"src":"$data1"}"#, id: "n\(number)").dropFirst()
        }
        try book.write(good.joined(separator: "\n"), to: "all.ndjson")
        #expect(try await book.run(.publish, to: .folder(out)).codes.isEmpty)
        let published = book.manifest(below: "out")
        try book.write((good + ["no JSON"]).joined(separator: "\n"), to: "all.ndjson")
        let report = try await book.run(.publish, to: .folder(out))
        #expect(book.manifest(below: "out") == published)
        #expect(report.codes == ["document-not-published", "not-json"])
        #expect(report.problems(.documentNotPublished).map(\.notes) == [[Self.stays(out)]])
    }
}
