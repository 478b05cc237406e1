import Foundation
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Files of so many lines that they are removed without ever being in memory as a whole.
struct OutputPruneTests {
    private let book: TestBook
    private static let name = "gone/many.ndjson"

    init() throws {
        var book = try TestBook(hasRemote: false)
        book.settings.editorHasAssetID = true
        book.images = HeaderImages()
        self.book = book
        let padding = String(repeating: "x", count: 400_000)
        let lines = (0..<15).map { number in
            #"{"pad":"\#(padding)","# + Chapter.line(#"{"src":"$data\#(number % 5)"}"#, id: "n\(number)").dropFirst()
        }
        try book.write(lines.joined(separator: "\n"), to: Self.name)
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "c1"), to: "a.json")
    }

    private var out: Destination { .folder(book.temporary.path + "/out") }
    private var path: String { book.temporary.path + "/out/" + Self.name }

    private func prune(_ failpoint: Failpoint? = nil) async throws -> RunReport {
        var host = book.host
        host.failpoint = failpoint
        let recording = Recording(Journal(command: "migrate", destination: out, clock: host.clock))
        var report = RunReport(command: "migrate")
        let prune = try #require(OutputPrune(out, host: host))
        try await prune.run([PathGroup(settings: book.settings, paths: [book.path])], recording, &report)
        try await recording.end(&report)
        return report
    }

    @Test func `a large file without a source goes with its folder and comes back`() async throws {
        try await book.run(.migrate, to: out)
        try FileManager.default.removeItem(atPath: book.path + "/gone")
        let written = try book.temporary.read("out/" + Self.name)
        let report = try await prune()
        #expect(report.codes.isEmpty)
        #expect(report.removedFiles == [path])
        #expect(!FileManager.default.fileExists(atPath: book.temporary.path + "/out/gone"))
        // What it names is kept for that.
        let journal = try book.temporary.read("data/runs/\(try #require(report.run)).ndjson")
        let assets = try #require(journal.split(separator: 0x0A).first { $0.starts(with: Array(#"{"assets""#.utf8)) })
        #expect((0..<5).allSatisfy { String(decoding: assets, as: UTF8.self).contains(Picture($0).id) })
        #expect(try await book.undo(report.run).codes.isEmpty)
        #expect(try book.temporary.read("out/" + Self.name) == written)
    }

    @Test func `what is pruned comes back for those who could read it, and with its attributes`() async throws {
        let manifest = "bare.fileRefs.json"
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data2"}}]}"#, to: "bare.json")
        var named = book
        named.settings.books = ["b1"]
        try await named.run(.migrate, to: out)
        let names = [Self.name, "bare.json", manifest]
        for (mode, name) in zip([0o600, 0o640, 0o444] as [UInt32], names) {
            let path = book.temporary.path + "/out/" + name
            let bytes = try book.temporary.read("out/" + name)
            try FileManager.default.removeItem(atPath: path)
            func make(_ users: [String: [UInt8]]) throws {
                let attributes = FileAttributes(mode: mode, accessList: nil, users: users)
                try DocumentWriter().carryOut([DocumentStep(path, from: nil, to: bytes, attributes: attributes)])
            }
            // Where the file system has no attributes, there is none to come back.
            do { try make(["user.note": Array(name.utf8), "user.bytes": [0xFF, 0]]) } catch { try make([:]) }
        }
        func attributes() throws -> [FileAttributes] {
            try names.map { try FileAttributes(of: book.temporary.folder().openFile("out/" + $0)) }
        }
        let before = try attributes()
        #expect(before.map(\.mode) == [0o600, 0o640, 0o444])
        try FileManager.default.removeItem(atPath: book.path + "/gone")
        try FileManager.default.removeItem(atPath: book.path + "/bare.json")
        let report = try await prune()
        #expect(report.removedFiles.count == names.count)
        #expect(try await book.undo(report.run).codes.isEmpty)
        #expect(try attributes() == before)
    }

    @Test func `what is pruned comes back where its attributes cannot be kept, which is said`() async throws {
        try await book.run(.migrate, to: out)
        try FileManager.default.removeItem(atPath: book.path + "/gone")
        let run = try #require(try await prune().run)
        // Written down where the file system has such attributes.
        let name = "data/runs/\(run).ndjson"
        let text = String(decoding: try book.temporary.read(name), as: UTF8.self)
        let noted = text.replacing(
            /"attributes":{"mode":\d+/, with: #""attributes":{"mode":416,"users":{"user.note":"mine"}"#)
        #expect(noted != text)
        try book.temporary.write(noted, to: name)
        var host = book.host
        host.failpoint = { operation, _ in operation == .changeAttributes ? .fail(errno: ENOTSUP) : .proceed }
        let report = try await UndoRun(book.settings, host: host).run(run)
        #expect(report.codes == ["not-undone"])
        #expect(report.warningCount == 1)
        #expect((report.returnedFiles, report.failedDocuments) == ([path], 0))
        #expect(report.diagnostics.first?.problem.notes == ["'\(path)'", "it had 'user.note'"])
        #expect(try book.temporary.folder().status(of: "out/" + Self.name)?.mode == 0o640)
    }

    @Test func `one that somebody changes meanwhile stays`() async throws {
        try await book.run(.migrate, to: out)
        try FileManager.default.removeItem(atPath: book.path + "/gone")
        let path = path
        // The journal is on its way to the disk: the file was read.
        let report = try await prune { operation, place in
            if operation == .sync, place.hasSuffix(".ndjson") {
                #expect(FileManager.default.createFile(atPath: path, contents: Data("theirs".utf8)))
            }
            return .proceed
        }
        #expect(report.codes == ["document-changed"])
        #expect((report.removedFiles, report.failedDocuments) == ([], 1))
        #expect(try book.temporary.read("out/" + Self.name) == Array("theirs".utf8))
    }

    @Test func `one of another program stays`() async throws {
        let line = #"{"event":"\#(String(repeating: "x", count: 400_000))"}"# + "\n"
        try book.temporary.write(String(repeating: line, count: 4), to: "out/log.ndjson")
        let before = book.manifest(below: "out")
        #expect(try await prune().removedFiles == [])
        #expect(book.manifest(below: "out") == before)
    }
}
