import Foundation
import Glibc
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinSync
import TipinTestSupport

/// RULES 5 "--output".
struct OutputTests {
    @Test func `output holds every document, changed or not, and nothing else`() async throws {
        let book = try TestBook.mixed()
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

    @Test func `what stood in the output before comes back, also where the new file is gone`() async throws {
        let book = try TestBook.mixed()
        let out = Destination.folder(book.temporary.path + "/out")
        let own: [String: [UInt8]] = [
            "book.json": Array("my own text".utf8), "plain.fileRefs.json": Array("mine".utf8), "c.txt": [0xFF, 0x00],
            "lines.ndjson": [0xC3, 0x0A, 0x7B],
        ]
        for (name, bytes) in own { try book.temporary.write(bytes, to: "out/" + name) }
        let report = try await book.run(.migrate, to: out)
        #expect(report.codes.isEmpty)
        // Of the manifest file's document nothing stood there.
        #expect(report.replacedFiles == 2)
        #expect(try book.temporary.read("out/book.json") != own["book.json"])
        try FileManager.default.removeItem(atPath: book.temporary.path + "/out/lines.ndjson")
        #expect(try await book.undo().codes.isEmpty)
        for (name, bytes) in own { #expect(try book.temporary.read("out/" + name) == bytes, "\(name)") }
        let left = book.manifest(below: "out").filter { $0.value != "folder" }.keys.sorted()
        #expect(left == own.keys.sorted())
    }

    @Test func `what stood there is kept in pieces where it is large`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        // Its pieces are no texts, for they end in the middle of a character.
        let own = Array(String(repeating: "€\"", count: 700_000).utf8)
        try book.temporary.write(own, to: "out/c1.json")
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        let journal = try book.temporary.read("data/runs/\(try #require(report.run)).ndjson")
        let change = try #require(journal.split(separator: 0x0A).first { $0.starts(with: Array(#"{"change""#.utf8)) })
        let line = try JSONSerialization.jsonObject(with: Data(change)) as? [String: [String: Any]]
        #expect((line?["change"]?["edits"] as? [Any])?.count == 3)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.temporary.read("out/c1.json") == own)
    }

    @Test func `undoing a second output run leaves what the first one wrote`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        let out = Destination.folder(book.temporary.path + "/out")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.run(.migrate, to: out)
        let first = try book.temporary.read("out/c1.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#))
        let second = try #require(try await book.run(.migrate, to: out).run)
        // What the older copy names is kept by the run that can bring it back.
        let runs = RunFolder(try DataFolder(path: book.dataPath, creates: false))
        for run in try runs.runs() where run != second { try runs.remove(run) }
        let kept = try book.withCatalog { catalog in try catalog.read { try KeptAssets(runs.folder, $0) } }
        #expect(kept.ids == [Picture(1).id, Picture(2).id])
        // One that somebody changed stays.
        let written = try book.temporary.read("out/c1.json")
        try book.temporary.write(written + [0x20], to: "out/c1.json")
        #expect(try await book.undo().codes == ["not-undone"])
        #expect(try book.temporary.read("out/c1.json") == written + [0x20])
        try book.temporary.write(written, to: "out/c1.json")
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.temporary.read("out/c1.json") == first)
    }

    @Test func `a document that is copied as it is counts as no changed one`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(#"{"type":"doc","content":[{"type":"paragraph"}]}"#, to: "c2.json")
        try book.write(
            Chapter.text(#"{"src":"gone.png"}"#, id: "c3").replacing(#""bookId":"b1","#, with: ""), to: "c3.json")
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect((report.documents, report.writtenFiles.count) == (3, 3))
        #expect((report.changedDocuments, report.copiedDocuments, report.failedDocuments) == (1, 1, 1))
    }

    @Test func `a document counts once, however much of it fails`() async throws {
        let book = try TestBook(hasRemote: false)
        let bookless = #"{"content":[{"type":"image","attrs":{"src":"$data1"}}]}"#
        try book.write(bookless)
        let lines = Chapter.line(#"{"src":"$data1"}"#, id: "n1") + "\n" + book.expanded(bookless) + "\n"
        try book.write(lines, to: "lines.ndjson")
        let folder = book.temporary.path + "/out"
        for name in ["c1.json", "lines.ndjson"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        let report = try await book.run(.migrate, to: .folder(folder))
        #expect((report.documents, report.failedDocuments) == (3, 3))
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

    @Test func `what the self-check refused is not published`() async throws {
        var book = try TestBook()
        let out = Destination.folder(book.temporary.path + "/out")
        try book.write(#"{"id":"b1","coverImage":"$data1"}"#, to: "book.json")
        try await book.run(.publish, to: out)
        let older = try book.temporary.read("out/book.json")
        // A field of this name makes a mention of what tipin itself writes.
        var table = RuleTable.builtIn
        table.fields.append(
            RuleTable.Field("mime", role: AssetRole(rawValue: "map"), entity: EntityType(rawValue: "book")))
        book.settings.rules = CompiledRules(table)
        try book.write(#"{"id":"b1","coverImage":"$data2"}"#, to: "book.json")
        let report = try await book.run(.publish, to: out)
        #expect(report.codes == ["internal"])
        #expect(report.failedDocuments == 1)
        #expect(try book.temporary.read("out/book.json") == older)
    }

    @Test func `output of migrate holds documents that were not done, unchanged`() async throws {
        let book = try TestBook(hasRemote: false)
        let bookless = #"{"content":[{"type":"image","attrs":{"src":"$data1"}}]}"#
        let failing = Chapter.text(#"{"src":"gone.png"}"#)
        try book.write(bookless, to: "bookless.json")
        try book.write(failing)
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(report.codes == ["asset-missing", "book-unknown", "relative-address-kept"])
        #expect(try book.temporary.read("out/bookless.json") == Array(book.expanded(bookless).utf8))
        #expect(try book.temporary.read("out/c1.json") == Array(failing.utf8))
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

    @Test(arguments: [".", "c1.json", "../link", "part"]) func `an output that holds a PATH is refused`(
        _ path: String
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"$data2"}"#), to: "part/c1.json")
        #expect(symlink(book.path, book.temporary.path + "/link") == 0)
        let before = book.manifest(below: "book")
        let error = await #expect(throws: RunError.self) {
            try await book.run(.migrate, [path], to: .folder(book.path))
        }
        #expect(error?.problem.code == .usage)
        #expect(book.manifest(below: "book") == before)
    }

    @Test(arguments: [Destination.inPlace, .folder("")]) func `documents that would share a manifest file are refused`(
        _ kind: Destination
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#, to: "a.json")
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data2"}}]}"#, to: "a")
        try book.write(#"{"id":"b1"}"#, to: "book.json")
        let before = book.manifest(below: "book")
        let destination = kind.isFolder ? Destination.folder(book.temporary.path + "/out") : kind
        let error = await #expect(throws: RunError.self) {
            try await book.run(.migrate, ["a", "a.json"], to: destination)
        }
        #expect(error == .sidecarCollision(kind.isFolder ? "a.fileRefs.json" : book.path + "/a.fileRefs.json"))
        #expect(book.manifest(below: "book") == before)
    }
}
