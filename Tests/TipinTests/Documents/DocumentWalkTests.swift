import Foundation
import Glibc
import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// Which files a run takes for documents, each once.
struct DocumentWalkTests {
    @Test func `documents that look alike in name are two`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "\u{E9}.json")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "e\u{301}.json")
        let report = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(report.changedDocuments == 2)
        #expect(report.importedAssets == 2)
    }

    @Test(arguments: [Destination.inPlace, .folder("")]) func `a link does not hide the document that it leads to`(
        _ kind: Destination
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "b/z.json")
        #expect(symlink("z.json", book.path + "/b/a.json") == 0)
        let out = book.temporary.path + "/out"
        let report = try await book.run(.migrate, to: kind.isFolder ? .folder(out) : .inPlace)
        // A set that is whole has every document once; who reads it by the other name is told.
        let told = report.diagnostics.filter { $0.code == .linkNotFollowed }
        #expect(told.map(\.severity) == (kind.isFolder ? [.warning] : []))
        #expect(told.compactMap(\.place?.file) == (kind.isFolder ? [book.path + "/b/a.json"] : []))
        #expect(report.documents == 1)
        #expect(report.writtenFiles == [book.path + "/b/z.json"])
        #expect(FileManager.default.fileExists(atPath: out + "/b/z.json") == kind.isFolder)
    }

    @Test func `a link that leads out of the folder is named and not read`() async throws {
        let book = try TestBook(hasRemote: false)
        let outside = book.temporary.path + "/outside"
        try book.temporary.write(book.expanded(Chapter.text(#"{"src":"$data1"}"#)), to: "outside/c.json")
        try book.temporary.write("root:secret words", to: "outside/shadow")
        try book.write(Chapter.text(#"{"src":"$data2"}"#, id: "c2"), to: "c2.json")
        for (name, target) in [("a.json", "c.json"), ("sh.json", "shadow"), ("folder", ""), ("notes.txt", "shadow")] {
            #expect(symlink(outside + "/" + target, book.path + "/" + name) == 0)
        }
        #expect(symlink("c2.json", book.path + "/inside.json") == 0)
        let out = book.temporary.path + "/out"
        let migrated = try await book.run(.migrate, to: .folder(out))
        #expect(migrated.documents == 1)
        #expect(migrated.problems(.linkNotFollowed).count == 4)
        // A set that is to be whole lacks the two; in the folder that was named they were never meant.
        let severities = { (report: RunReport) in
            report.diagnostics.filter { $0.code == .linkNotFollowed }.map(\.severity).sorted()
        }
        #expect(severities(migrated) == [.error, .error, .warning, .note])
        #expect(migrated.status == .failure)
        #expect(try await severities(book.check()) == [.warning, .warning, .note])
        #expect(!FileManager.default.fileExists(atPath: out + "/a.json"))
        for report in [migrated, try await book.check()] {
            let said = report.diagnostics.map { "\($0)" }.joined()
            #expect(!said.contains("secret"))
            let names = report.diagnostics.filter { $0.code == .linkNotFollowed }.compactMap(\.place?.file)
            let expected = ["a.json", "folder"] + (report.command == "check" ? [] : ["inside.json"]) + ["sh.json"]
            #expect(names.sorted() == expected.map { book.path + "/" + $0 })
        }
        // Named itself it is meant, and so is what it leads to.
        #expect(try await book.check(.source, [book.path + "/a.json"]).documents == 1)
        let both = try await book.check(.source, [book.path, outside])
        #expect(both.documents == 2)
        #expect(both.problems(.linkNotFollowed).isEmpty)
    }

    @Test func `what a link stands for in an output folder is not removed`() async throws {
        let book = try TestBook(hasRemote: false)
        let text = book.expanded(Chapter.text(#"{"src":"$data1"}"#))
        try book.temporary.write(text, to: "outside/c.json")
        #expect(symlink(book.temporary.path + "/outside", book.path + "/linked") == 0)
        try book.write(text, to: "c1.json")
        for name in ["linked/c.json", "gone.json"] { try book.temporary.write(text, to: "out/" + name) }
        let host = book.host
        let out = Destination.folder(book.temporary.path + "/out")
        var report = RunReport(command: "migrate")
        let prune = try #require(OutputPrune(out, host: host))
        let journal = Journal(command: "migrate", destination: out, clock: host.clock)
        try await prune.run(
            [PathGroup(settings: book.settings, paths: [book.path])], Recording(journal), &report)
        #expect(report.removedFiles == [book.temporary.path + "/out/gone.json"])
    }

    @Test func `a name may begin with a mark that joins what stands before it`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#), to: "\u{301}.json")
        let report = try await book.run(.migrate)
        #expect(report.writtenFiles.count == 1)
        #expect(try book.read("\u{301}.json").contains(Picture(1).id))
    }

    @Test func `what is hidden, excluded, another tool's or tipin's own is no document`() async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.exclude = ["drafts/*", "*.old.json"]
        book.settings.dataFolder = book.path + "/data"
        let text = Chapter.text(#"{"src":"$data1"}"#)
        let others = [
            ".git/a.json", ".hidden.json", "node_modules/a.json", "drafts/a.json", "deep/b.old.json", "data/a.json",
            "tipin.json", "c.fileRefs.json", "c.txt",
        ]
        for name in others { try book.write(text, to: name) }
        try book.write(#"{"name":"no document"}"#, to: "package.json")
        try book.write(text, to: "deep/c1.json")
        let report = try await book.run(.migrate)
        #expect(report.documents == 1)
        #expect(report.foreignFiles == 1)
        #expect(report.excludedPlaces == 2)
        #expect(report.hiddenFolders == 2)
        #expect(Report(report).summary().contains("2 files or folders excluded, 2 hidden folders passed over\n"))
        #expect(report.writtenFiles == [book.path + "/deep/c1.json"])
        for name in others { #expect(try book.read(name) == book.expanded(text), "\(name)") }
    }

    static let otherLines = [
        (#"{"level":"info"}"# + "\n", [String]()),
        // It may be a damaged document.
        (#"{"level":"info"}"# + "\n{\"id\":\n", ["not-json"]),
        ("\u{0}\u{0}\n\u{1}\n", ["not-json"]),
    ]

    @Test(arguments: otherLines, [1, 100_000])
    func `lines of which none is a document are another program's`(
        _ row: (text: String, codes: [String]), _ repeats: Int
    ) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"gone.png"}"#), to: "c1.json")
        let other = #"{"level":"info"}"# + "\n"
        try book.write(String(repeating: other, count: repeats - 1) + row.text, to: "log.jsonl")
        let report = try await book.check()
        #expect(Set(report.codes).subtracting(["asset-missing", "bytes-not-looked-at"]) == Set(row.codes))
        #expect(report.documents == 1)
        let hasOthers = row.text.hasPrefix("{") || repeats > 1
        #expect(report.foreignFiles == (hasOthers ? 1 : 0))
        #expect(try await book.check(.source, ["log.jsonl"]).codes.contains("not-a-document") == hasOthers)
    }

    @Test(arguments: [1, 100_000]) func `where some line is a document the others are errors`(_ count: Int) async throws
    {
        let book = try TestBook(hasRemote: false)
        let other = String(repeating: #"{"level":"info"}"# + "\n", count: count)
        try book.write(other + Chapter.line("{}").replacing("image", with: "paragraph"), to: "lines.jsonl")
        let report = try await book.run(.resolve, to: .nowhere)
        #expect(report.codes == ["not-a-document"])
        #expect(report.failedDocuments == count)
        #expect(report.foreignFiles == 0)
    }

    @Test(arguments: [
        ("drafts/", 1), ("drafts", 1), ("./drafts/a.json", 2), ("./a.json", 2), (".//b/*/", 2), ("b/*", 2),
        ("*.json", 0),
        ("*.json/", 3),
    ]) func `what is excluded is what the pattern says`(_ pattern: String, _ left: Int) async throws {
        var book = try TestBook(hasRemote: false)
        book.settings.exclude = [pattern]
        for name in ["a.json", "b/drafts/a.json", "drafts/a.json"] { try book.write("{}", to: name) }
        let report = try await book.run(.resolve, to: .nowhere)
        #expect(report.foreignFiles == left)
    }

    @Test func `a link that leads nowhere and what is no file are told for what they are`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        #expect(symlink("gone.json", book.path + "/dead.json") == 0)
        #expect(mkfifo(book.path + "/pipe.ndjson", 0o600) == 0)
        #expect(symlink("/dev/null", book.path + "/null.json") == 0)
        #expect(mkfifo(book.path + "/pipe.txt", 0o600) == 0)
        func told(_ report: RunReport) -> [String] {
            report.diagnostics.filter { $0.code == .documentUnreadable }.map {
                "\($0.severity) \($0.place?.file.dropFirst(book.path.count + 1) ?? "") \($0.problem.headline)"
            }.sorted()
        }
        let warnings = ["pipe.ndjson", "null.json"].map { "\($0) no regular file, so it was left out" }
        let dead = "error dead.json link leads nowhere"
        let checked = try await book.check()
        #expect(told(checked) == ([dead] + warnings.map { "warning " + $0 }).sorted())
        let report = try await book.run(.migrate)
        #expect(told(report) == told(checked))
        #expect(report.failedDocuments == 1)
        let out = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        #expect(told(out) == ([dead] + warnings.map { "error " + $0 }).sorted())
    }

    @Test func `lines of a large file are listed as those of a small one`() async throws {
        let book = try TestBook(hasRemote: false)
        let filler = String(repeating: "word ", count: 4000)
        let lines = (1...400).map { number in
            #"{"id":"c\#(number)","bookId":"b1","title":"\#(filler)","content":{"type":"doc","content":["#
                + #"{"type":"image","attrs":{"src":"p\#(number).png"}}]}}"# + "\n"
        }
        try book.write(lines.joined(), to: "large.ndjson")
        try book.write(lines[0], to: "a.json")
        let mentions = try await book.scan()
        #expect(mentions.count == 401)
        let large = mentions.dropFirst()
        #expect(large.map(\.place.line) == (1...400).map { $0 })
        #expect(large.map(\.value) == (1...400).map { "p\($0).png" })
        let bytes = Array(lines.joined().utf8)
        for mention in large.suffix(3) {
            let place = mention.place
            let start = try #require(place.offset)
            let length = try #require(place.length)
            #expect(String(decoding: bytes[start..<(start + length)], as: UTF8.self) == "\"\(mention.value ?? "")\"")
        }
    }

    @Test func `a link to a folder that is not walked is told of and not followed`() async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c2"), to: "deep/c2.json")
        try book.temporary.write(Chapter.text(#"{"src":"$data1"}"#, id: "c3"), to: "away/c3.json")
        for (name, target) in [
            ("round", "."), ("again", "deep"), ("nowhere", "gone"), ("self", "self"), (".hidden", "../away"),
        ] {
            #expect(symlink(target, book.path + "/" + name) == 0)
        }
        let seen = try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        // What is not there now may be on a disk that is missing.
        let places = seen.diagnostics.filter { $0.code == .linkNotFollowed }.compactMap(\.place?.file)
        #expect(places == ["nowhere", "self"].map { book.path + "/" + $0 })
        #expect((seen.status, seen.documents) == (.success, 2))
        #expect(symlink("../away", book.path + "/linked") == 0)
        let report = try await book.check()
        #expect(report.documents == 2)
        #expect(report.severity(.linkNotFollowed) == .note)
        #expect(report.diagnostics.first { $0.code == .linkNotFollowed }?.place?.file == book.path + "/linked")
        #expect(try await book.run(.migrate).codes == ["link-not-followed", "src-removed"])
    }
}
