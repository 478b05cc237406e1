import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// RULES 0 and 5: what the commands leave behind.
struct RewriteRunTests {
    static let dry: [TestBook.Command] = [.migrate, .resolve, .publish]

    @Test(arguments: dry) func `a dry run creates and changes nothing`(_ command: TestBook.Command) async throws {
        let book = try TestBook.mixed()
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
        let book = try TestBook.mixed()
        try await book.upload([Picture(1)])
        let before = book.manifest()
        try await book.run(command, to: .nowhere)
        #expect(book.manifest() == before)
    }

    @Test func `check and scan change nothing`() async throws {
        let book = try TestBook.mixed()
        try await book.run(.migrate, ["book.json"])
        let before = book.manifest()
        _ = try await book.check()
        _ = try await book.scan()
        #expect(book.manifest() == before)
    }

    @Test(arguments: TestBook.Command.allCases)
    func `a second run changes no byte, inode or time`(_ command: TestBook.Command) async throws {
        let book = try TestBook.mixed()
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
        var book = try TestBook.mixed()
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

    // MARK: Bad input

    @Test func `a linked document is refused unless links are followed`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write(book.expanded(Chapter.text(#"{"src":"$data1"}"#)), to: "elsewhere/real.json")
        try FileManager.default.createSymbolicLink(
            atPath: book.path + "/c1.json", withDestinationPath: "../elsewhere/real.json")
        let named = [book.path + "/c1.json"]
        let report = try await book.run(.migrate, named)
        #expect(report.codes.contains("document-linked"))
        #expect(report.status == .failure)
        #expect(try await book.run(.migrate, named) { $0.followsLinks = true }.changedDocuments == 1)
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

    @Test func `a document whose book cannot name a folder is named, and the others are done`() async throws {
        let book = try TestBook()
        let bad = #"{"id":"..","coverImage":"$data2"}"#
        try book.write(bad, to: "bad/book.json")
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "good/book.json")
        #expect(try await book.check().problems(.bookUnknown).map(\.headline) == ["book id '..' cannot name a folder"])
        #expect(try await book.check(.publish).severity(.bookUnknown) == .error)
        for command in [TestBook.Command.migrate, .publish] {
            let report = try await book.run(command)
            #expect(report.problems(.bookUnknown).map(\.headline) == ["book id '..' cannot name a folder"])
            let place = try #require(report.diagnostics.first { $0.code == .bookUnknown }?.place)
            #expect(place.file.hasSuffix("bad/book.json"))
            #expect(report.failedDocuments == 1 && report.changedDocuments == 1)
            #expect(report.status == .failure)
            #expect(try book.read("bad/book.json") == book.expanded(bad))
        }
        #expect(try book.read("good/book.json").contains(TestBook.url(Picture(1))))
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
