import Foundation
import Testing
import TipinAssets
import TipinDiagnostics
import TipinDocument
import TipinJSON
import TipinTestSupport

@testable import Tipin

/// A plan may come from anybody: what does not fit is said, and nothing is written.
struct HostilePlanTests {
    private func book() async throws -> TestBook {
        let book = try TestBook.mixed()
        try book.temporary.write("{\"type\":\"doc\",\"content\":[]}", to: "outside.json")
        try await book.plan(.migrate)
        return book
    }

    private func expectRefused(
        _ book: TestBook, _ codes: [String] = ["plan-invalid"], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = book.manifest(below: "book")
        let outside = try book.temporary.read("outside.json")
        do {
            let report = try await book.apply()
            #expect(report.codes == codes, sourceLocation: sourceLocation)
            #expect(report.status == .failure, sourceLocation: sourceLocation)
        } catch {
            #expect([error.problem.code.rawValue] == codes, "\(error)", sourceLocation: sourceLocation)
        }
        #expect(book.manifest(below: "book") == before, sourceLocation: sourceLocation)
        #expect(try book.temporary.read("outside.json") == outside, sourceLocation: sourceLocation)
        #expect(try book.links() == [], sourceLocation: sourceLocation)
        #expect(try book.runs().isEmpty, sourceLocation: sourceLocation)
    }

    // MARK: The file

    /// What somebody does to the text of a plan.
    static let damages: [(String, @Sendable (String) -> String)] = [
        ("empty", { _ in "" }), ("no JSON", { _ in "plan" }), ("another object", { _ in "{}\n" }),
        ("cut off", { String($0.prefix($0.count / 2)) }),
        ("without its end", { $0.replacing(/\n\],"count".*\n/, with: "\n") }),
        ("with another count", { $0.replacing(#"],"count":4"#, with: #"],"count":3"#) }),
        ("newer", { $0.replacing(#""tipinPlan":1"#, with: #""tipinPlan":2"#) }),
        ("with a number that no size is", { $0.replacing(/"size":\d+/, with: #""size":1e400"#) }),
        ("with a size that is too large", { $0.replacing(/"size":\d+/, with: #""size":99999999999999999999"#) }),
        ("with a digest that is none", { $0.replacing(/"sha256":"[0-9a-f]{8}/, with: #""sha256":"zzzzzzzz"#) }),
        ("with documents that are none", { $0.replacing(#"{"assets":"#, with: #"{"asset":"#) }),
        ("laid out anew", { $0.replacing("\n", with: "") }),
        ("too deep", { $0.replacing(#"],"count":4"#, with: String(repeating: "[", count: 100_000)) }),
    ]

    @Test(arguments: damages.indices) func `a file that is no plan is refused`(_ index: Int) async throws {
        let book = try await book()
        let text = String(decoding: try book.temporary.read(TestBook.planName), as: UTF8.self)
        let damaged = Self.damages[index].1(text)
        #expect(damaged != text)
        try book.temporary.write(damaged, to: TestBook.planName)
        try await expectRefused(book)
    }

    // MARK: The documents

    /// Writes the plan again with documents that were changed.
    private func rewrite(_ book: TestBook, _ change: (inout [Plan.Document]) throws -> Void) throws {
        var lines = try PlanLines.read(book.planPath, limit: 1 << 30)
        var documents: [Plan.Document] = []
        while let document = try lines.next() { documents.append(document) }
        try change(&documents)
        var bytes = try RunLine.encode(lines.header).dropLast() + Plan.opening + [0x0A]
        bytes += try documents.map { try RunLine.encode($0) }.joined(separator: Array(",\n".utf8))
        bytes += [0x0A] + Plan.closing + (try RunLine.encode(Plan.End(count: documents.count)).dropFirst()) + [0x0A]
        try book.temporary.write(bytes, to: TestBook.planName)
    }

    static let lies: [(String, @Sendable (inout [Plan.Document]) -> Void)] = [
        ("an absolute path elsewhere", { $0[1].change.path = "/etc/hostname" }),
        ("a path out of the folder", { $0[1].change.path = $0[1].change.path + "/../../../outside.json" }),
        ("a relative path", { $0[1].change.path = "chapters/c1.json" }),
        ("a path with a NUL", { $0[1].change.path += "\u{0}" }),
        ("an empty path", { $0[1].change.path = "" }),
        ("another kind", { $0[1].change.kind = "book" }),
        ("no digest before", { $0[1].change.before = nil }), ("no digest after", { $0[1].change.after = nil }),
        ("another digest after", { $0[1].change.after?.sha256 = SHA256Digest(of: [1]) }),
        ("another size after", { $0[1].change.after?.size += 1 }),
        ("a negative size", { $0[1].change.after?.size = -1 }),
        ("a negative offset", { $0[1].change.edits[0].offset = -1 }),
        ("an offset far out", { $0[1].change.edits[0].offset = .max }),
        ("an offset just out", { $0[1].change.edits[0].offset = 1 << 20 }),
        ("an edit twice", { $0[1].change.edits.insert($0[1].change.edits[0], at: 0) }),
        ("edits in another order", { $0[1].change.edits.reverse() }),
        ("other old bytes", { $0[1].change.edits[0].old = RecordedBytes("x".utf8) }),
        ("other new bytes", { $0[1].change.edits[0].new = RecordedBytes("null".utf8) }),
        ("no edits", { $0[1].change.edits = [] }),
        ("a manifest file elsewhere", { $0[3].change.sidecar?.path += ".json" }),
        ("a manifest file that is none", { $0[3].change.sidecar?.after = RecordedBytes("[]".utf8) }),
        ("no new manifest file", { $0[3].change.sidecar?.after = nil }),
        ("a manifest file for a chapter", { $0[1].change.sidecar = $0[3].change.sidecar }),
        ("links to assets that are not there", { $0[1].links[0].links[0].assetID = "nobody" }),
        ("links in another's name", { $0[1].links[0].mark.document = "c9" }),
    ]

    @Test(arguments: lies.indices) func `a plan that lies is refused`(_ index: Int) async throws {
        let book = try await book()
        try rewrite(book) { documents in
            #expect(
                documents.map { Paths.name(of: $0.change.path) } == [
                    "book.json", "c1.json", "lines.ndjson", "plain.json",
                ])
            Self.lies[index].1(&documents)
        }
        try await expectRefused(book)
    }

    @Test func `a folder's path is refused`() async throws {
        let book = try await book()
        try rewrite(book) { $0[1].change.path = Paths.parent(of: $0[1].change.path) }
        try await expectRefused(book, ["document-unreadable"])
    }

    @Test func `a picture that was never here is refused`() async throws {
        let book = try await book()
        try rewrite(book) { $0[0].assets = [NamedAsset(assetID: "x", sha256: SHA256Digest(of: [7]))] }
        try await expectRefused(book, ["blob-missing"])
    }

    /// Edits that fit, digests that fit, and yet they are none of a rewrite's.
    @Test(arguments: [
        (#""id":"c1""#, #""id":"c2""#), (#""type":"image""#, #""type":"video""#),
        (#""content":{"#, #""extra":1,"content":{"#), ("]}", #",{"type":"paragraph"}]}"#), ("\n", "\n\n{}"),
    ])
    func `only what mentions own is changed`(old: String, new: String) async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write("{\"type\":\"doc\",\"content\":[]}", to: "outside.json")
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        try await book.plan(.migrate)
        let bytes = Array(try book.read().utf8)
        let place = try #require(try book.read().range(of: old))
        let offset = try book.read()[..<place.lowerBound].utf8.count
        try rewrite(book) { documents in
            let edit = RecordedEdit(offset: offset, old: RecordedBytes(old.utf8), new: RecordedBytes(new.utf8))
            documents[0].change.edits = [edit]
            documents[0].change.after = FileState(of: [edit.edit].applied(to: bytes))
            documents[0].links = []
        }
        try await expectRefused(book)
    }
}
