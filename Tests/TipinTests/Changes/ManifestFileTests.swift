import Foundation
import Glibc
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A document and the manifest file beside it are changed together or not at all.
struct ManifestFileTests {
    private let book: TestBook
    private static let text = #"{"type":"doc","content":[{"type":"image","attrs":{"src":"$data1"}}]}"#

    init() throws {
        var book = try TestBook()
        book.settings.books = ["b1"]
        self.book = book
        try book.write(Self.text, to: "bare.json")
    }

    @Test func `a manifest file that is a link that leads nowhere is told of, and the document counts once`()
        async throws
    {
        #expect(symlink("nowhere", book.path + "/bare.fileRefs.json") == 0)
        for _ in 0..<2 {
            let report = try await book.run(.migrate)
            #expect(report.codes == ["sidecar-invalid"])
            #expect(
                report.problems(.sidecarInvalid).flatMap(\.notes) == [
                    "'\(book.path)/bare.fileRefs.json': a symbolic link that leads nowhere"
                ])
            #expect((report.changedDocuments, report.failedDocuments) == (0, 1))
        }
        #expect(try book.read("bare.json") == book.expanded(Self.text))
    }

    @Test func `a manifest file that is a link is written through only where that is wanted`() async throws {
        try book.write("{}", to: "inside.txt")
        #expect(symlink("inside.txt", book.path + "/bare.fileRefs.json") == 0)
        let report = try await book.run(.migrate)
        #expect(report.problems(.documentLinked).map(\.headline) == ["document or manifest file is a link"])
        #expect(report.problems(.documentLinked).allSatisfy { $0.notes[0].contains("bare.fileRefs.json") })
        #expect(try book.read("bare.json") == book.expanded(Self.text))
        #expect(try await book.run(.migrate) { $0.followsLinks = true }.failedDocuments == 0)
        #expect(try book.read("inside.txt").contains(Picture(1).id))
    }

    /// A manifest file that is a link to one outside of the book, which explains the document's picture.
    private func leadOutside() throws {
        try book.write(#"{"type":"doc","content":[{"type":"image","attrs":{"assetId":"k1"}}]}"#, to: "bare.json")
        try book.write(#"{"k1":{"sha256":"$sha1"}}"#, to: "../elsewhere/k.txt")
        #expect(symlink("../elsewhere/k.txt", book.path + "/bare.fileRefs.json") == 0)
    }

    @Test func `a manifest file that is a link out of what was named is told of and not read`() async throws {
        try leadOutside()
        try await book.store([Picture(1)])
        let before = try book.documents()
        let out = Destination.folder(book.temporary.path + "/out")
        let reports = [
            try await book.check(), try await book.run(.migrate), try await book.run(.publish),
            try await book.run(.migrate, to: out), try await book.check(.source, [book.path + "/bare.json"]),
        ]
        for report in reports {
            let said = report.diagnostics.filter { $0.code == .linkNotFollowed }
            #expect(said.map(\.severity) == [.error])
            #expect(said.map(\.place?.file) == [book.path + "/bare.fileRefs.json"])
            // What it says of the picture nobody knows.
            #expect(report.problems(.assetUnknown).flatMap(\.notes).map { $0.contains("cannot be used") } == [true])
            #expect(report.problems(.sidecarInvalid).isEmpty)
        }
        #expect(reports.map(\.failedDocuments) == [1, 1, 1, 1, 1])
        #expect(try book.documents() == before)
        #expect(!FileManager.default.fileExists(atPath: book.temporary.path + "/out/bare.fileRefs.json"))
    }

    @Test func `what a manifest file leads to is read where that is wanted, or it was named too`() async throws {
        try leadOutside()
        try await book.store([Picture(1)])
        let elsewhere = book.temporary.path + "/elsewhere"
        let checked = try await book.check(.source, [book.path, elsewhere])
        #expect(checked.problems(.linkNotFollowed) + checked.problems(.assetUnknown) == [])
        #expect(try await book.run(.migrate) { $0.followsLinks = true }.codes.isEmpty)
        #expect(try book.read("../elsewhere/k.txt").contains(#""role":"attachment""#))
    }

    /// What runs that write the document are.
    enum Way: String, Sendable, CaseIterable { case migrate, output, apply }

    private func run(_ way: Way, _ failpoint: @escaping Failpoint) async throws -> RunReport {
        if way == .apply { try await book.plan(.migrate) }
        var faulty = book
        faulty.host.failpoint = failpoint
        return switch way {
        case .migrate: try await faulty.run(.migrate)
        case .output: try await faulty.run(.migrate, to: .folder(book.temporary.path + "/out"))
        case .apply: try await faulty.apply()
        }
    }

    private func isDocument(_ path: String) -> Bool { !path.contains("fileRefs") && path.contains("bare.json") }

    @Test(arguments: [Way.migrate, .apply])
    func `where somebody changed the document the new manifest file is taken back`(_ way: Way) async throws {
        let path = book.path + "/bare.json"
        let report = try await run(way) { operation, name in
            guard operation == .exchange, name == path,
                (try? String(contentsOfFile: path, encoding: .utf8))?.contains("theirs") == false
            else { return .proceed }
            return FileManager.default.createFile(atPath: path, contents: Data("theirs".utf8))
                ? .proceed : .fail(errno: EPERM)
        }
        #expect(report.codes == ["document-changed"])
        #expect(try book.documents() == ["bare.json": Array("theirs".utf8)])
    }

    @Test(arguments: Way.allCases) func `on a full disk the new manifest file is taken back`(_ way: Way) async throws {
        let report = try await run(way) { operation, path in
            operation == .write && isDocument(path) ? .fail(errno: ENOSPC) : .proceed
        }
        #expect(report.codes == ["disk-full"])
        #expect(try book.documents() == ["bare.json": Array(book.expanded(Self.text).utf8)])
        let output = try? FileManager.default.contentsOfDirectory(atPath: book.temporary.path + "/out")
        #expect(output ?? [] == [])
    }

    @Test func `a manifest file that stood there has its bytes again`() async throws {
        let manifest = #"{"x":{"assetId":"x","sha256":"$sha2","role":"attachment"}}"#
        try book.write(manifest, to: "bare.fileRefs.json")
        let report = try await run(.apply) { operation, path in
            operation == .sync && isDocument(path) ? .fail(errno: EIO) : .proceed
        }
        #expect(report.errorCount == 1)
        #expect(try book.read("bare.fileRefs.json") == book.expanded(manifest))
        #expect(try book.documents().count == 2)
    }

    @Test func `where a manifest file cannot go the document is not undone either`() async throws {
        try await book.run(.migrate)
        let after = try book.documents()
        var faulty = book
        faulty.host.failpoint = { operation, path in
            operation == .rename && path.contains("bare.fileRefs") ? .fail(errno: EIO) : .proceed
        }
        let run = try #require(try book.runs().first?.id)
        #expect(try await faulty.undo(run).errorCount == 1)
        #expect(try book.documents() == after)
        #expect(try await book.undo(run).codes.isEmpty)
        #expect(try book.documents() == ["bare.json": Array(book.expanded(Self.text).utf8)])
    }

    /// The run that is undone: of a document in place, of one that is new in an output folder, of one that took the
    /// place of an older one there.
    enum Undone: String, Sendable, CaseIterable { case inPlace, new, replacing }

    @Test(arguments: Undone.allCases)
    func `a manifest file that somebody changed is told of also where its document is back`(
        _ undone: Undone
    ) async throws {
        let isInPlace = undone == .inPlace
        let destination: Destination = isInPlace ? .inPlace : .folder(book.temporary.path + "/out")
        if undone == .replacing {
            try await book.run(.migrate, to: destination)
            try book.write(Self.text.replacing("$data1", with: "$data2"), to: "bare.json")
        }
        let run = try #require(try await book.run(.migrate, to: destination).run)
        let manifest = (isInPlace ? "book" : "out") + "/bare.fileRefs.json"
        let changed = try book.temporary.read(manifest) + Array(" ".utf8)
        try book.temporary.write(changed, to: manifest)
        for count in 1...2 {
            let report = try await book.undo(run)
            #expect(
                report.problems(.notUndone).map(\.headline) == ["manifest file was changed after the run and stays"])
            #expect((report.changedDocuments, report.failedDocuments) == (0, 1), "undone \(count) times")
            #expect(try book.temporary.read(manifest) == changed)
        }
    }

    // MARK: What killed processes left

    /// What a process that runs no more left beside the document, and what somebody saved at that moment.
    private func leave(in folder: String = "book") throws {
        let boot = try #require(Self.left(by: book))
        try book.temporary.write("part", to: folder + "/.bare.json.\(boot)-1-2-3.part.assettmp")
        try book.temporary.write("saved by somebody", to: folder + "/.bare.json.\(boot)-1-2-4.assettmp")
    }

    /// The name that a process of this boot would have which is gone: this one's, but for the time of its start.
    private static func left(by book: TestBook) -> String? {
        let text = ProcessIdentity.current.text
        return text.lastIndex(of: ".").map { text[...$0] + "1" }
    }

    private func expectCleared(_ report: RunReport, in folder: String = "book") throws {
        #expect(report.problems(.documentChanged).map(\.headline).count == 1)
        #expect(report.errorCount == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: book.temporary.path + "/" + folder)
        #expect(names.filter { $0.hasSuffix(".assettmp") }.isEmpty)
        let kept = try #require(names.first { $0.hasPrefix("bare.json.displaced-") })
        #expect(try book.temporary.read(folder + "/" + kept) == Array("saved by somebody".utf8))
    }

    @Test func `apply clears away what a killed run left`() async throws {
        try await book.plan(.migrate)
        try leave()
        try expectCleared(try await book.apply())
    }

    @Test func `a plan that is not carried out clears nothing away`() async throws {
        try await book.plan(.migrate)
        try leave()
        let before = book.manifest(below: "book")
        try await book.apply { $0.isDryRun = true }
        #expect(book.manifest(below: "book") == before)
    }

    @Test func `undo clears away what a killed run left`() async throws {
        try await book.run(.migrate)
        try leave()
        try expectCleared(try await book.undo())
    }

    @Test func `undo clears away what a killed run left in an output folder`() async throws {
        try await book.run(.migrate, to: .folder(book.temporary.path + "/out"))
        try leave(in: "out")
        try expectCleared(try await book.undo(), in: "out")
    }
}
