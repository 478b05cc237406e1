import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 0 and 5: what the commands leave behind.
struct RewriteRunTests {
    private func mixedBook() throws -> TestBook {
        var book = try TestBook()
        book.settings.editorHasAssetID = true
        try book.write(Picture(3), to: "pics/3.png")
        try book.write(#"{"id":"b1","coverImage":"$data1","gallery":["pics/3.png"]}"#, to: "book.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#), to: "chapters/c1.json")
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#, to: "plain.json")
        try book.write(
            Chapter.text(#"{"src":"$data4"}"#, id: "n1") + Chapter.text(#"{"src":"$data2"}"#, id: "n2"),
            to: "lines.ndjson")
        try book.write(#"{"some":"thing"}"#, to: "foreign.json")
        return book
    }

    // MARK: Dry runs

    static let dry: [TestBook.Command] = [.migrate, .resolve, .publish]

    @Test(arguments: dry) func `a dry run creates and changes nothing`(_ command: TestBook.Command) async throws {
        let book = try mixedBook()
        let before = book.manifest()
        let report = try await book.run(command, to: .nowhere)
        #expect(book.manifest() == before)
        #expect(report.isDryRun)
        #expect(report.documents == 5)
        #expect(report.writtenFiles.isEmpty)
        if command != .resolve {
            #expect(report.codes.isEmpty)
            #expect(report.changedDocuments == 5)
            #expect(report.plannedMentions == 6)
        }
    }

    @Test(arguments: dry) func `a dry run changes nothing of a store`(_ command: TestBook.Command) async throws {
        let book = try mixedBook()
        try await book.upload([Picture(1)])
        let before = book.manifest()
        try await book.run(command, to: .nowhere)
        #expect(book.manifest() == before)
    }

    @Test func `check and scan change nothing`() async throws {
        let book = try mixedBook()
        try await book.run(.migrate, ["book.json"])
        let before = book.manifest()
        _ = try await book.check()
        _ = try await book.scan()
        #expect(book.manifest() == before)
    }

    // MARK: Second runs

    @Test(arguments: TestBook.Command.allCases)
    func `a second run changes no byte, inode or time`(_ command: TestBook.Command) async throws {
        let book = try mixedBook()
        if command == .sync || command == .resolve { try await book.run(.migrate) }
        let first = try await book.run(command)
        #expect(first.codes.isEmpty)
        let (documents, blobs, sent) = ("book", "data/books", "cdn")
        let before = [documents, blobs, sent].map { book.manifest(below: $0) }
        let second = try await book.run(command)
        #expect(second.codes.isEmpty)
        #expect(second.changedDocuments == 0)
        #expect(second.writtenFiles.isEmpty)
        #expect((second.importedAssets, second.uploads) == (0, 0))
        #expect([documents, blobs, sent].map { book.manifest(below: $0) } == before)
    }

    @Test(arguments: [1, 4]) func `the number of jobs changes nothing`(_ jobs: Int) async throws {
        var book = try mixedBook()
        book.host.jobs = jobs
        for number in 0..<40 {
            try book.write(
                Chapter.text(#"{"src":"$data\#(number % 10)"}"#, id: "m\(number)"), to: "many/\(number).json")
        }
        let report = try await book.run(.publish)
        #expect(report.codes.isEmpty)
        #expect(report.importedAssets == 10)
        let expected = Chapter.text(
            #"{"src":"$url7","assetId":"$id7"}"#, id: "m37",
            manifest: "{" + Chapter.entry(7, #","remoteUrl":"$url7""#) + "}")
        #expect(try book.read("many/37.json") == book.expanded(expected))
    }

    // MARK: Publish

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

    @Test func `HTML content is not published`() async throws {
        let book = try TestBook()
        let text = #"{"id":"c1","bookId":"b1","content":"<p><img src='a.png'></p>"}"#
        try book.write(text)
        let report = try await book.run(.publish)
        #expect(report.codes == ["document-not-published"])
        #expect(try #require(report.problems(.documentNotPublished).first).notes[0].contains("HTML"))
        #expect(try book.read() == text)
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

    // MARK: Output

    @Test func `output holds every document, changed or not, and nothing else`() async throws {
        let book = try mixedBook()
        let unchanged = #"{"type":"doc","content":[ {"type":"paragraph"} ]}"#
        try book.write(unchanged, to: "deep/er/same.json")
        let before = book.manifest(below: "book")
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(report.codes.isEmpty)
        #expect(book.manifest(below: "book") == before)
        let files = book.manifest(below: "out").filter { $0.value != "folder" }.keys.sorted()
        #expect(
            files == [
                "book.json", "chapters/c1.json", "deep/er/same.json", "lines.ndjson", "plain.fileRefs.json",
                "plain.json",
            ])
        #expect(try book.temporary.read("out/deep/er/same.json") == Array(unchanged.utf8))
        let written = book.manifest(below: "out")
        let again = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(again.writtenFiles.isEmpty)
        #expect(book.manifest(below: "out") == written)
    }

    @Test func `an older copy in the output stays where publish refuses`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let out = Destination.folder(book.temporary.path + "/out")
        try await book.run(.publish, to: out)
        let older = try book.temporary.read("out/c1.json")
        try book.write(Chapter.text(#"{"src":"gone.png"}"#))
        let report = try await book.run(.publish, to: out)
        #expect(report.codes.contains("document-not-published"))
        #expect(try book.temporary.read("out/c1.json") == older)
    }

    @Test func `two documents of one name in the output are refused before anything is done`() async throws {
        let book = try TestBook()
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "a/c.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#), to: "b/c.json")
        await #expect {
            try await book.run(.migrate, ["a", "b"], to: .folder(book.temporary.path + "/out"))
        } throws: {
            $0.problem.code == .outputCollision
        }
        #expect(book.manifest(below: "out").isEmpty)
        #expect(!book.manifest(below: "data").keys.contains { $0.hasSuffix(".png") })
    }

    @Test func `an output below the documents is not walked`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let out = Destination.folder(book.path + "/out")
        try await book.run(.migrate, to: out)
        #expect(try await book.run(.migrate, to: out).documents == 1)
    }

    // MARK: Documents that others hold

    @Test func `a linked document is refused unless links are followed`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write(book.expanded(Chapter.text(#"{"src":"$data1"}"#)), to: "elsewhere/real.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/c1.json", withDestinationPath: "../elsewhere/real.json")
        let report = try await book.run(.migrate)
        #expect(report.codes.contains("document-linked"))
        #expect(report.status == .failure)
        #expect(try await book.run(.migrate) { $0.followsLinks = true }.changedDocuments == 1)
        #expect(String(decoding: try book.temporary.read("elsewhere/real.json"), as: UTF8.self).contains(Picture(1).id))
        let kind = try FileManager.default.attributesOfItem(atPath: book.path + "/c1.json")[.type]
        #expect(kind as? FileAttributeType == .typeSymbolicLink)
    }

    @Test(arguments: [false, true])
    func `a document that somebody changes meanwhile keeps the change`(_ hasSidecar: Bool) async throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        let remote = StubRemote()
        book.remote = remote
        let path = book.path + "/c1.json"
        let node = #"{"type":"image","attrs":{"src":"$data1"}}"#
        try book.write(hasSidecar ? #"{"type":"doc","content":[\#(node)]}"# : Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "c2.json")
        // The upload stands between reading and writing.
        remote.fail { _ in
            FileManager.default.createFile(atPath: path, contents: Data("changed".utf8)) ? nil : .cancelled
        }
        let report = try await book.run(.publish)
        #expect(report.codes == ["document-changed"])
        #expect(report.failedDocuments == 1)
        #expect(report.status == .failure)
        #expect(try book.read() == "changed")
        #expect(try book.read("c2.json").contains("https://api.example/"))
        let left = book.manifest(below: "book").keys.filter { $0.hasSuffix(".assettmp") }
        #expect(left.isEmpty)
    }

    @Test func `a broken document leaves the others alone`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write("{\"id\":", to: "broken.json")
        try book.temporary.write([0x22, 0xC0, 0x80, 0x22], to: "book/utf8.json")
        try book.write("", to: "empty.json")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let report = try await book.run(.migrate)
        #expect(Set(report.codes) == ["document-empty", "invalid-utf8", "not-json", "src-removed"])
        #expect(report.failedDocuments == 3)
        #expect(report.changedDocuments == 1)
        #expect(try book.read().contains(Picture(1).id))
    }

    @Test func `a PATH that is missing ends the run`() async throws {
        let book = try TestBook()
        await #expect { try await book.run(.migrate, ["nothing"]) } throws: {
            $0.problem.code == .documentUnreadable
        }
    }

    @Test func `a folder without documents is an error`() async throws {
        let book = try TestBook()
        try book.write(#"{"some":"thing"}"#, to: "foreign.json")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["no-documents"])
        #expect(report.foreignFiles == 1)
    }

    @Test func `other JSON is an error where it is named`() async throws {
        let book = try TestBook()
        try book.write(#"{"some":"thing"}"#, to: "foreign.json")
        #expect(try await book.run(.migrate, ["foreign.json"]).codes == ["not-a-document"])
    }
}
