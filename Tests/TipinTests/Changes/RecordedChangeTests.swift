import Foundation
import Testing
import TipinAssets
import TipinDocument
import TipinJSON
import TipinTestSupport

@testable import Tipin

/// A change is a value: it can be carried out, inverted, printed and read again.
struct RecordedChangeTests {
    private static let before = Array("one two three\u{FEFF}é".utf8)
    private static let edits = [
        RecordedEdit(offset: 0, old: RecordedBytes("one".utf8), new: RecordedBytes("1".utf8), pointer: "/a"),
        RecordedEdit(offset: 4, old: RecordedBytes("".utf8), new: RecordedBytes("and ".utf8)),
        RecordedEdit(offset: 13, old: RecordedBytes("\u{FEFF}é".utf8), new: RecordedBytes([0xFF, 0x0A, 0x00])),
    ]
    private static let after = Array("1 and two three".utf8) + [0xFF, 0x0A, 0x00]

    private static var change: RecordedChange {
        RecordedChange(
            path: "/d.json", label: "d.json", kind: "doc", before: FileState(of: before), after: FileState(of: after),
            edits: edits, sidecar: RecordedChange.Sidecar(path: "/d.fileRefs.json", after: RecordedBytes("{}".utf8)))
    }

    @Test func `it leads to the bytes after`() throws {
        #expect(try Self.change.applied(to: Self.before) == Self.after)
    }

    @Test func `its inverse leads back, and the inverse of that is the change`() throws {
        let inverse = try #require(Self.change.inverted)
        #expect(try inverse.applied(to: Self.after) == Self.before)
        #expect(inverse.sidecar?.before?.bytes == Array("{}".utf8))
        #expect(inverse.sidecar?.after == nil)
        #expect(inverse.inverted == Self.change)
    }

    @Test func `it is read as it was printed, whatever its bytes are`() throws {
        let line = try RunLine(change: Self.change).encoded()
        #expect(line.count { $0 == 0x0A } == 1)
        #expect(line.starts(with: Array(#"{"change":"#.utf8)))
        #expect(try RunLine.decode(line).change == Self.change)
    }

    @Test func `all that it may hold is read as it was written`() throws {
        var change = Self.change
        change.label = "a \"label\" with \u{1}, \\ and \u{2028}"
        change.edits[0].nesting = 2
        change.edits[0].line = 7
        change.edits[0].document = "line"
        change.edits[0].twins = RecordedEdit.Twins(place: 1, count: 3)
        change.sidecar?.before = RecordedBytes([0xC0, 0x80])
        change.needs = [NamedAsset(assetID: "a", sha256: SHA256Digest(of: []))]
        let order = LinkOrder(
            mark: DocumentMark(book: "b", kind: "chapter", document: "c"), links: [], replacesCovers: false,
            removesOthers: false)
        let folder = try TemporaryFolder()
        let catalog = try Catalog(path: folder.path + "/c.sqlite", mode: .create)
        change.links = [try withExtendedLifetime(folder) { try catalog.write { try $0.carryOut(order).step } }]
        for change in [change, change.inverted ?? change] {
            #expect(try RunLine.decode(RunLine(change: change).encoded()).change == change)
            // The members are those that the decoder knows by themselves.
            let own = try JSONSerialization.jsonObject(with: Data(RunLine(change: change).encoded()))
            let encoder = try JSONSerialization.jsonObject(with: Data(RunLine.encode(RunLine(change: change))))
            #expect((own as? NSDictionary) == (encoder as? NSDictionary))
        }
    }

    private static let link = LinkStep.Link(
        assetID: "a\"\\/é\u{1}", entity: Entity(type: .chapter, id: "c1"), role: "gallery", sortOrder: -3,
        tags: ["one", ""], description: nil, marks: [DocumentMark(book: "b", kind: "chapter", document: "c1")])

    @Test func `a line of links is read as it was written, by hand and by the decoder`() throws {
        var described = Self.link
        (described.description, described.marks, described.tags) = ("a text", [], [])
        for links in [[], [Self.link], [Self.link, described]] {
            let step = LinkStep(
                mark: DocumentMark(book: "b", kind: "book", document: "d\n"), before: links, after: links.reversed(),
                displaced: Array(links.prefix(1)))
            for path in [nil, "/é/\"a.json"] {
                let line = try RunLine(links: step, path: path).encoded()
                #expect(try line == RunLine.encode(RunLine(links: step, path: path)) + [0x0A])
                #expect(RecordedLinks(journalLine: line) == RecordedLinks(step, ofDocumentAt: path))
                let decoded = try RunLine.decode(line)
                #expect((decoded.links, decoded.path) == (step, path))
            }
        }
    }

    @Test(arguments: [
        #"{"links":{"after":[],"before":[],"displaced":[]}}"#, #"{"links":[]}"#, #"{"change":{}}"#, "[]", "",
        #"{"links":{"after":[],"before":[],"displaced":[],"mark":{"book":"b","kind":"k","document":1}}}"#,
        #"{"links":{"after":[1],"before":[],"displaced":[],"mark":{"book":"b","kind":"k","document":"d"}}}"#,
        #"{"links":{"after":[],"before":[],"displaced":[],"mark":{"book":"b","kind":"k","document":"d"}},"run":null}"#,
    ])
    func `what is no line of links is left to the decoder`(line: String) {
        #expect(RecordedLinks(journalLine: Array(line.utf8)) == nil)
    }

    @Test func `it is for no other bytes`() {
        #expect(throws: RecordedChange.Fault.otherBytes) { try Self.change.applied(to: Self.after) }
        #expect(throws: RecordedChange.Fault.otherBytes) { try Self.change.applied(to: []) }
    }

    @Test func `edits that do not fit are refused`() {
        func fault(_ edit: (inout RecordedChange) -> Void) -> RecordedChange.Fault? {
            var change = Self.change
            edit(&change)
            do throws(RecordedChange.Fault) {
                _ = try change.applied(to: Self.before)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault { $0.edits[1].offset = 2 } == .outOfPlace(offset: 2))
        #expect(fault { $0.edits[2].offset = 14 } == .outOfPlace(offset: 14))
        #expect(fault { $0.edits[0].offset = -1 } == .outOfPlace(offset: -1))
        #expect(fault { $0.edits[2].offset = .max } == .outOfPlace(offset: .max))
        #expect(fault { $0.edits[0].old = RecordedBytes("two".utf8) } == .otherOldBytes(offset: 0))
        #expect(fault { $0.edits[0].new = RecordedBytes("2".utf8) } == .otherResult)
        #expect(fault { $0.after = nil } == .otherResult)
    }
}
