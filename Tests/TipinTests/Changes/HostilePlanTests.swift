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

    enum Damage: String, CaseIterable, Sendable {
        case empty, noJSON, anotherObject, cutOff, withoutEnd, anotherCount, newer, sizeThatIsNone, sizeTooLarge
        case digestThatIsNone, documentsThatAreNone, laidOutAnew, tooDeep

        /// What somebody does to the text of a plan.
        func applied(to text: String) -> String {
            switch self {
            case .empty: ""
            case .noJSON: "plan"
            case .anotherObject: "{}\n"
            case .cutOff: String(text.prefix(text.count / 2))
            case .withoutEnd: text.replacing(#/\n\],"count".*\n/#, with: "\n")
            case .anotherCount: text.replacing(#"],"count":4"#, with: #"],"count":3"#)
            case .newer: text.replacing(#""tipinPlan":1"#, with: #""tipinPlan":2"#)
            case .sizeThatIsNone: text.replacing(#/"size":\d+/#, with: #""size":1e400"#)
            case .sizeTooLarge: text.replacing(#/"size":\d+/#, with: #""size":99999999999999999999"#)
            case .digestThatIsNone: text.replacing(#/"sha256":"[0-9a-f]{8}/#, with: #""sha256":"zzzzzzzz"#)
            case .documentsThatAreNone: text.replacing(#"{"assets":"#, with: #"{"asset":"#)
            case .laidOutAnew: text.replacing("\n", with: "")
            case .tooDeep: text.replacing(#"],"count":4"#, with: String(repeating: "[", count: 100_000))
            }
        }
    }

    @Test(arguments: Damage.allCases) func `a file that is no plan is refused`(_ damage: Damage) async throws {
        let book = try await book()
        let text = String(decoding: try book.temporary.read(TestBook.planName), as: UTF8.self)
        let damaged = damage.applied(to: text)
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

    enum Lie: String, CaseIterable, Sendable {
        case absolutePath, pathOutOfTheFolder, relativePath, pathWithNUL, emptyPath, otherKind
        case noDigestBefore, noDigestAfter, otherDigestAfter, otherSizeAfter, negativeSize
        case negativeOffset, offsetFarOut, offsetJustOut, editTwice, editsInOtherOrder, otherOldBytes, otherNewBytes
        case noEdits
        case sidecarElsewhere, sidecarThatIsNone, noNewSidecar, sidecarOfAChapter
        case linksToNobody, linksInOthersName
        case modeOfTheDocument, modeOfTheSidecar, attributesOfTheSidecar

        /// Of the documents of `TestBook.mixed`, in their order.
        func tell(_ documents: inout [Plan.Document]) {
            let (chapter, doc) = (1, 3)
            let sidecar = documents[doc].change.sidecar
            switch self {
            case .absolutePath: documents[chapter].change.path = "/etc/hostname"
            case .pathOutOfTheFolder: documents[chapter].change.path += "/../../../outside.json"
            case .relativePath: documents[chapter].change.path = "chapters/c1.json"
            case .pathWithNUL: documents[chapter].change.path += "\u{0}"
            case .emptyPath: documents[chapter].change.path = ""
            case .otherKind: documents[chapter].change.kind = "book"
            case .noDigestBefore: documents[chapter].change.before = nil
            case .noDigestAfter: documents[chapter].change.after = nil
            case .otherDigestAfter: documents[chapter].change.after?.sha256 = SHA256Digest(of: [1])
            case .otherSizeAfter: documents[chapter].change.after?.size += 1
            case .negativeSize: documents[chapter].change.after?.size = -1
            case .negativeOffset: documents[chapter].change.edits[0].offset = -1
            case .offsetFarOut: documents[chapter].change.edits[0].offset = Int.max
            case .offsetJustOut: documents[chapter].change.edits[0].offset = 1_000_000
            case .editTwice: documents[chapter].change.edits += documents[chapter].change.edits
            case .editsInOtherOrder: documents[chapter].change.edits.reverse()
            case .otherOldBytes: documents[chapter].change.edits[0].old = RecordedBytes("x".utf8)
            case .otherNewBytes: documents[chapter].change.edits[0].new = RecordedBytes("null".utf8)
            case .noEdits: documents[chapter].change.edits = []
            case .sidecarElsewhere: documents[doc].change.sidecar?.path += ".json"
            case .sidecarThatIsNone: documents[doc].change.sidecar?.after = RecordedBytes("[]".utf8)
            case .noNewSidecar: documents[doc].change.sidecar?.after = nil
            case .sidecarOfAChapter: documents[chapter].change.sidecar = sidecar
            case .linksToNobody: documents[chapter].links[0].links[0].assetID = "nobody"
            case .linksInOthersName: documents[chapter].links[0].mark.document = "c9"
            case .modeOfTheDocument: documents[chapter].change.attributes = Self.attributes(mode: 0o777)
            case .modeOfTheSidecar: documents[doc].change.sidecar?.attributes = Self.attributes(mode: 0o777)
            case .attributesOfTheSidecar:
                documents[doc].change.sidecar?.attributes = Self.attributes(
                    users: ["user.note": RecordedBytes("x".utf8)])
            }
        }

        private static func attributes(
            mode: UInt32 = 0o644, users: [String: RecordedBytes]? = nil
        ) -> RecordedAttributes { RecordedAttributes(mode: mode, users: users) }
    }

    @Test(arguments: Lie.allCases) func `a plan that lies is refused`(_ lie: Lie) async throws {
        let book = try await book()
        try rewrite(book) { documents in
            let names = documents.map { Paths.name(of: $0.change.path) }
            #expect(names == ["book.json", "c1.json", "lines.ndjson", "plain.json"])
            lie.tell(&documents)
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
        try await expectRefused(Chapter.text(#"{"src":"$data1"}"#), old, new)
    }

    private static let nodes = [
        #"{"type":"image","src":"$data1","alt":"A","content":[{"type":"text","text":"A"}]}"#,
        #"{"type":"image","props":{"src":"$data1"},"alt":"A","content":[{"type":"text","text":"A"}]}"#,
    ]

    @Test(arguments: nodes) func `attributes in other places are changed`(_ node: String) async throws {
        let book = try TestBook(hasRemote: false)
        try book.write(#"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[\#(node)]}}"#)
        try await book.plan(.migrate)
        #expect(try await book.apply().errorCount == 0)
        #expect(try book.read().contains(Picture(1).id))
    }

    @Test(arguments: nodes, [(#""text":"A""#, #""text":"B""#), (#""type":"text""#, #""type":"t""#)])
    func `what stands in a node beside its attributes stays`(_ node: String, _ lie: (String, String)) async throws {
        let text = #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[\#(node)]}}"#
        try await expectRefused(text, lie.0, lie.1)
    }

    private func expectRefused(_ text: String, _ old: String, _ new: String) async throws {
        let book = try TestBook(hasRemote: false)
        try book.temporary.write("{\"type\":\"doc\",\"content\":[]}", to: "outside.json")
        try book.write(text)
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
