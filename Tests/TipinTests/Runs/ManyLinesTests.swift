import Foundation
import Glibc
import Synchronization
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Files of so many lines that they are worked on piece by piece: what becomes of them is what would become of the
/// lines alone.
struct ManyLinesTests {
    private static let name = "book.ndjson"
    /// So long that not all lines are worked on together.
    private static let padding = String(repeating: "x", count: 400_000)
    private static let count = 15

    /// - Parameter padding: goes into each line.
    private static func lines(_ padding: String) -> [String] {
        (0..<count).map { number in
            // Not each line has something to do.
            let kind = number % 3 == 0 ? "paragraph" : "image"
            let line = Chapter.line(#"{"src":"$data\#(number % 5)"}"#, id: "c\(number)")
                .replacing(#""type":"image""#, with: #""type":"\#(kind)""#)
            return #"{"pad":"\#(padding)","# + line.dropFirst()
        }
    }

    private static func book(_ lines: [String]) throws -> TestBook {
        var book = try TestBook(hasRemote: false)
        book.images = HeaderImages()
        book.settings.editorHasAssetID = true
        try book.write(lines.joined(separator: "\n"), to: name)
        return book
    }

    private static func unpadded(_ text: String) -> String { text.replacing(padding, with: "") }

    private static func expectNoTemporaryFile(in book: TestBook) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: book.path)
        #expect(names.filter { $0.hasPrefix(".") } == [])
        let left = try FileManager.default.contentsOfDirectory(atPath: book.dataPath + "/tmp")
        #expect(left == [])
    }

    @Test func `lines become in a large file what they become in a small one`() async throws {
        let large = try Self.book(Self.lines(Self.padding))
        let small = try Self.book(Self.lines(""))
        let first = try large.read(Self.name)
        let reports = [try await large.run(.migrate), try await small.run(.migrate)]
        #expect(reports[0].changedDocuments == reports[1].changedDocuments)
        #expect(reports[0].changedMentions == reports[1].changedMentions)
        #expect(reports[0].documents == Self.count)
        #expect(reports[0].codes == reports[1].codes)
        #expect(reports[0].writtenFiles.count == 1)
        let after = try large.read(Self.name)
        #expect(after != first)
        #expect(Self.unpadded(after) == (try small.read(Self.name)))
        #expect(try large.links() == small.links())
        try Self.expectNoTemporaryFile(in: large)
        // Once more changes nothing, and the way back leads to the first bytes.
        let before = large.manifest(below: "book")
        #expect(try await large.run(.migrate).changedDocuments == 0)
        #expect(large.manifest(below: "book") == before)
        #expect(try await large.undo().codes.isEmpty)
        #expect(try large.read(Self.name) == first)
        #expect(try large.links() == [])
        // And forth again.
        #expect(try await large.undo(try large.runs().last?.id).codes.isEmpty)
        #expect(try large.read(Self.name) == after)
    }

    @Test func `lines that cannot be put back keep their links`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        try await book.run(.migrate)
        let links = try book.links()
        #expect(!links.isEmpty)
        // Somebody gave a picture of one line another id.
        let after = try book.read(Self.name)
        let changed = after.replacing(#""assetId":""#, with: #""assetId":"their-"#, maxReplacements: 1)
        #expect(changed != after)
        try book.write(changed, to: Self.name)
        #expect(try await book.undo().failedDocuments == 1)
        #expect(try book.links() == links)
    }

    @Test func `a plan of a large file leads to what a run leads to`() async throws {
        let planned = try Self.book(Self.lines(Self.padding))
        let first = try planned.read(Self.name)
        #expect(try await planned.plan(.migrate).plannedDocuments == 1)
        #expect(try planned.read(Self.name) == first)
        #expect(try await planned.apply().codes.isEmpty)
        let run = try Self.book(Self.lines(Self.padding))
        try await run.run(.migrate)
        #expect(try planned.read(Self.name) == run.read(Self.name))
        #expect(try planned.links() == run.links())
    }

    @Test func `an output folder gets a large file, and gets it once`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        let first = try book.read(Self.name)
        let folder = book.temporary.path + "/out"
        let report = try await book.run(.migrate, to: .folder(folder))
        #expect(report.writtenFiles.count == 1)
        #expect(try book.read(Self.name) == first)
        let written = String(decoding: try book.temporary.read("out/" + Self.name), as: UTF8.self)
        let other = try Self.book(Self.lines(Self.padding))
        try await other.run(.migrate)
        #expect(written == (try other.read(Self.name)))
        let before = book.manifest(below: "out")
        #expect(try await book.run(.migrate, to: .folder(folder)).writtenFiles == [])
        #expect(book.manifest(below: "out") == before)
        #expect(try await book.undo().removedFiles.count == 1)
        #expect(!FileManager.default.fileExists(atPath: folder + "/" + Self.name))
    }

    @Test func `what stood where a large file goes comes back`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        let out = Destination.folder(book.temporary.path + "/out")
        // No text, and cut where it is kept in pieces.
        let own = [UInt8](repeating: 0xE2, count: 3 << 20)
        try book.temporary.write(own, to: "out/" + Self.name)
        let report = try await book.run(.migrate, to: out)
        #expect((report.codes, report.replacedFiles) == ([], 1))
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.temporary.read("out/" + Self.name) == own)
        try await book.run(.migrate, to: out)
        let first = try book.temporary.read("out/" + Self.name)
        try book.write(try book.read(Self.name).replacing("c14", with: "c15"), to: Self.name)
        try await book.run(.migrate, to: out)
        #expect(try book.temporary.read("out/" + Self.name) != first)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.temporary.read("out/" + Self.name) == first)
    }

    @Test func `a dry run says what would be done, and each line's change under its number`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        let before = book.manifest()
        let dry = try await book.run(.migrate, to: .nowhere)
        #expect(dry.changedDocuments == Self.count - Self.count / 3)
        #expect(book.manifest() == before)
        let shown = try await book.shown(.migrate)
        let numbers = (1...Self.count).filter { shown.text.contains("\(Self.name):\($0)\n") }
        #expect(numbers == (1...Self.count).filter { $0 % 3 != 1 })
    }

    @Test func `a bad line stays as it is and the others are done`() async throws {
        var lines = Self.lines(Self.padding)
        lines[13] = "no JSON"
        let book = try Self.book(lines)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["not-json"])
        #expect(report.diagnostics.first?.place?.line == 14)
        #expect(report.changedDocuments == Self.count - Self.count / 3 - 1)
        let after = try book.read(Self.name).split(separator: "\n")
        #expect(after[13] == "no JSON")
        #expect(after[14].contains("\"assetId\""))
    }

    @Test(arguments: [true, false])
    func `what one line brings settles what another one says`(_ isFirst: Bool) async throws {
        let pair = [Chapter.line(#"{"assetId":"$id7"}"#, id: "w"), Chapter.line(#"{"src":"$data7"}"#, id: "b")]
        let lines = [pair[isFirst ? 0 : 1]] + Self.lines(Self.padding) + [pair[isFirst ? 1 : 0]]
        let book = try Self.book(lines)
        let first = try book.read(Self.name)
        let report = try await book.run(.migrate)
        #expect(report.errorCount == 0)
        #expect(report.documents == Self.count + 2)
        let after = try book.read(Self.name).split(separator: "\n")
        let waiting = try #require(isFirst ? after.first : after.last)
        #expect(waiting.contains(book.expanded("\"sha256\":\"$sha7\"")))
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read(Self.name) == first)
        #expect(try book.links() == [])
    }

    @Test func `a large file that somebody changes meanwhile is theirs`() async throws {
        var book = try Self.book(Self.lines(Self.padding))
        let path = book.path + "/" + Self.name
        let isDone = Atomic(false)
        book.host.failpoint = { operation, place in
            let isMoment = operation == .sync && place.hasSuffix(".assettmp")
            if isMoment, !isDone.exchange(true, ordering: .relaxed) {
                #expect(truncate(path, 100) == 0)
            }
            return .proceed
        }
        let first = try book.read(Self.name)
        let report = try await book.run(.migrate)
        #expect(report.codes == ["document-changed"])
        // Each line that would have changed is a document.
        #expect(report.failedDocuments == Self.count - Self.count / 3)
        #expect(report.changedDocuments == 0)
        #expect(try book.read(Self.name) == first.prefix(100))
        try Self.expectNoTemporaryFile(in: book)
        // What was recorded and not done is not undone.
        let none = await #expect(throws: ChangeError.self) { try await book.undo() }
        #expect(none == .nothingToUndo)
        #expect(try await book.undo(report.run).changedDocuments == 0)
    }

    @Test func `a large file that stands though it was told as failed can be undone`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        let first = try book.read(Self.name)
        let folder = book.path
        let isExchanged = Atomic(false)
        var faulty = book
        faulty.host.failpoint = { operation, path in
            switch operation {
            case .syncFolder where path == folder: .fail(errno: EIO)
            case .exchange where path.hasPrefix(folder + "/"):
                isExchanged.exchange(true, ordering: .relaxed) ? .fail(errno: EIO) : .proceed
            default: .proceed
            }
        }
        let report = try await faulty.run(.migrate)
        #expect(report.codes == ["document-not-written"])
        #expect(try book.read(Self.name) != first)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read(Self.name) == first)
    }

    @Test func `a large file that shrinks while it is rewritten is left alone`() async throws {
        var book = try Self.book(Self.lines(Self.padding))
        let path = book.path + "/" + Self.name
        book.host.failpoint = { operation, place in
            // Its first piece was read and changed just now.
            if operation == .createFile, place.hasSuffix(".assettmp") { #expect(truncate(path, 5_000_000) == 0) }
            return .proceed
        }
        let first = try book.read(Self.name)
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "z"), to: "z.json")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["document-unreadable"])
        #expect(report.writtenFiles.count == 1)
        #expect(try book.read("z.json").contains("\"assetId\""))
        #expect(try book.read(Self.name) == first.prefix(5_000_000))
        try Self.expectNoTemporaryFile(in: book)
    }

    @Test func `a large file that shrinks while it is scanned is named and the others are read`() async throws {
        let book = try Self.book(Self.lines(Self.padding))
        try book.write(Chapter.text(#"{"src":"$data1"}"#, id: "z"), to: "z.json")
        let path = book.path + "/" + Self.name
        var files: [String] = []
        let report = try await ScanRun(book.settings, host: book.host).run(
            [book.path], show: { $0.map(\.place.file) },
            output: { shown in
                files += shown
                #expect(truncate(path, 5_000_000) == 0)
            })
        #expect(report.codes == ["document-unreadable"])
        #expect(report.failedDocuments == 1)
        #expect(files.contains { $0.hasSuffix("z.json") })
    }

    @Test func `the limit of a document is for a line, whatever the file has`() async throws {
        let lines = (0..<28).map { number in
            #"{"pad":"\#(String(repeating: "x", count: 100_000))","#
                + Chapter.line(#"{"src":"$data1"}"#, id: "c\(number)").dropFirst()
        }
        var book = try Self.book(lines)
        book.settings.documentLimit = 1 << 20
        let first = try book.read(Self.name)
        #expect(try await book.scan().count == 28)
        #expect(try await book.run(.migrate).codes.isEmpty)
        #expect(try book.read(Self.name).matches(of: /"fileRefs"/).count == 28)
        #expect(try await book.undo().codes.isEmpty)
        #expect(try book.read(Self.name) == first)
    }

    @Test(arguments: [0, 30]) func `a line that is too long is named and the others are done`(_ more: Int) async throws
    {
        let limit = 1 << 20
        func line(_ id: String, _ size: Int) -> String {
            let rest = Chapter.line(#"{"src":"1.png"}"#, id: id).dropFirst()
            return #"{"pad":"\#(String(repeating: "x", count: size - rest.utf8.count - 10))","# + rest
        }
        let lines =
            [line("a", limit), line("b", limit + 1), line("c", 500)] + (0..<more).map { line("d\($0)", 100_000) }
        var book = try Self.book(lines)
        book.settings.documentLimit = limit
        try book.write(Picture(1), to: "1.png")
        let report = try await book.run(.migrate)
        #expect(report.codes == ["document-too-large"])
        #expect(report.diagnostics.map(\.place?.line) == [2])
        #expect(report.changedDocuments == lines.count - 1)
    }

    /// Whoever sent them through the pipe may have them no more.
    @Test(arguments: [true, false], [true, false])
    func `lines that were read come out of a run that is interrupted`(_ isRead: Bool, _ hasRejects: Bool) async throws {
        let book = try Self.book([])
        let lines = Self.lines(Self.padding).map(book.expanded)
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        let position = Mutex(0)
        let output = Mutex([UInt8]())
        let rejects = Mutex([UInt8]())
        let run = Task {
            let source = LineSource(limit: 1 << 30) { wanted in
                if !isRead { try Task.checkCancellation() }
                return position.withLock { position in
                    defer { position = min(position + wanted, text.count) }
                    return Array(text[position..<min(position + wanted, text.count)])
                }
            }
            let streams = LineRun.Streams(
                output: { bytes in
                    output.withLock { $0 += bytes }
                    withUnsafeCurrentTask { $0?.cancel() }
                }, rejects: hasRejects ? { bytes in rejects.withLock { $0 += bytes } } : nil, say: { _ in })
            let workspace = try book.writing()
            defer { workspace.close() }
            let options = RunOptions(paths: ["-"], profile: .portable, destination: .nowhere)
            _ = try await LineRun(workspace, options, .migrate).run(command: "migrate", source, streams)
        }
        await #expect(throws: CancellationError.self) { try await run.value }
        func split(_ bytes: some Sequence<UInt8>) -> [String] {
            String(decoding: Array(bytes), as: UTF8.self).split(separator: "\n").map { String($0) }
        }
        // The last one as far as it was read: who reads the pipe on has the rest of it.
        let parts = split(position.withLock { text[..<$0] })
        let read = parts.count
        let done = split(output.withLock { $0 })
        let all = done + split(rejects.withLock { $0 })
        #expect(all.count == read)
        #expect(all.first == lines[0])
        #expect(all[1].contains(Picture(1).id))
        #expect(Array(all[2...]) == Array(parts[2...]))
        #expect(done.count == (hasRejects ? 2 : read))
        #expect(read > (isRead ? 4 : 1))
    }

    @Test func `what is found in a stream is given away piece by piece`() async throws {
        let book = try TestBook(hasRemote: false)
        let lines = Self.lines(Self.padding).map { $0.replacing(/\$data\d/, with: "gone.png") }
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        let position = Mutex(0)
        let source = LineSource(limit: 1 << 30) { wanted in
            position.withLock { position in
                defer { position = min(position + wanted, text.count) }
                return Array(text[position..<min(position + wanted, text.count)])
            }
        }
        let workspace = try Workspace(book.settings, host: book.host, access: Access(catalog: .reads))
        defer { workspace.close() }
        var found: [Int] = []
        var report = try await CheckRun(workspace, CheckOptions(paths: ["-"])).run(lines: source) { report in
            found.append(report.releaseDiagnostics().count)
        }
        let missing = Self.count - Self.count / 3
        #expect(found.count > 1)
        #expect(found.reduce(0, +) == missing)
        #expect(found.allSatisfy { $0 < missing })
        #expect(report.releaseDiagnostics().map(\.code) == [.bytesNotLookedAt])
        #expect(report.errorCount == missing)
        #expect(Report(report).status(failingOn: .error) == .failure)
    }
}
