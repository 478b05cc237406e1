import Foundation
import Glibc
import Testing
import TipinFiles
import TipinTestSupport

/// New bytes of a document that come in pieces.
struct DocumentStreamTests {
    private let temporary: TemporaryFolder
    private let path: String
    private static let old = Array("old text".utf8)
    private static let others = Array("somebody else's".utf8)
    private static let pieces = ["new ", "", "and longer", " text"].map { Array($0.utf8) }
    private static let new = Array(pieces.joined())

    init() throws {
        temporary = try TemporaryFolder()
        path = try temporary.write(Self.old, to: "doc.json")
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
    }

    private func stream(_ name: String, _ standing: DocumentWriter.Standing) throws -> DocumentStream {
        let stream = try DocumentWriter().stream(to: temporary.path + "/" + name, standing)
        for piece in Self.pieces { try stream.append(piece) }
        return stream
    }

    @Test(arguments: [DocumentWriter.Standing.document, .either])
    func `they take the place of what was read when they are whole`(_ standing: DocumentWriter.Standing) throws {
        #expect(chmod(path, 0o640) == 0)
        let stream = try stream("doc.json", standing)
        #expect(try temporary.read("doc.json") == Self.old)
        try stream.finish(over: StandingBytes(Self.old))
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try temporary.folder().status(of: "doc.json")?.mode == 0o640)
        #expect(try names == ["doc.json"])
    }

    @Test(arguments: [DocumentWriter.Standing.nothing, .either])
    func `they take a name that is free`(_ standing: DocumentWriter.Standing) throws {
        try stream("new.json", standing).finish(over: nil)
        #expect(try temporary.read("new.json") == Self.new)
        #expect(try names == ["doc.json", "new.json"])
    }

    @Test func `what somebody changed meanwhile stays`() throws {
        let stream = try stream("doc.json", .document)
        try temporary.write(Self.others, to: "doc.json")
        #expect(throws: DocumentWriter.Failure.changed(path)) { try stream.finish(over: StandingBytes(Self.old)) }
        #expect(try temporary.read("doc.json") == Self.others)
        #expect(try names == ["doc.json"])
    }

    @Test func `a name that somebody took meanwhile stays theirs`() throws {
        let stream = try stream("new.json", .nothing)
        try temporary.write(Self.others, to: "new.json")
        #expect(throws: DocumentWriter.Failure.changed(temporary.path + "/new.json")) { try stream.finish(over: nil) }
        #expect(try temporary.read("new.json") == Self.others)
        #expect(try names == ["doc.json", "new.json"])
    }

    @Test func `what is given up or forgotten leaves nothing`() throws {
        try stream("doc.json", .document).discard()
        #expect(try names == ["doc.json"])
        do { _ = try stream("doc.json", .document) }
        #expect(try names == ["doc.json"])
        #expect(try temporary.read("doc.json") == Self.old)
    }

    @Test func `a document that is not there is not made, a folder not replaced`() throws {
        #expect(throws: DocumentWriter.Failure.self) { try DocumentWriter().stream(to: path + "x", .document) }
        try FileManager.default.createDirectory(atPath: temporary.path + "/folder", withIntermediateDirectories: false)
        #expect(throws: DocumentWriter.Failure.self) {
            try DocumentWriter().stream(to: temporary.path + "/folder", .either)
        }
        #expect(try names == ["doc.json", "folder"])
    }

    /// What stands there is told by its hash alone.
    @Test func `a standing file is known again by what was read of it`() throws {
        var hash = ByteHash()
        hash.update(try temporary.read("doc.json"))
        let standing = StandingBytes(hash: hash)
        try stream("doc.json", .either).finish(over: standing)
        #expect(try temporary.read("doc.json") == Self.new)
        let stream = try stream("doc.json", .either)
        #expect(throws: DocumentWriter.Failure.changed(path)) { try stream.finish(over: standing) }
        #expect(try temporary.read("doc.json") == Self.new)
    }
}
