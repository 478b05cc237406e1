import Foundation
import Testing
import TipinTestSupport

@testable import TipinFiles

/// What a killed process left beside documents: ours goes, somebody else's is kept.
struct DocumentLeftoversTests {
    private let temporary: TemporaryFolder
    private static let gone = "0.0.0.0"
    private static let old = Array("old text".utf8)
    private static let new = Array("new text".utf8)

    init() throws { temporary = try TemporaryFolder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
    }

    /// A name as a process of this boot that runs no more would have made it.
    private func leftover(_ document: String = "a-b.c.json", isComplete: Bool = true) -> TemporaryDocument {
        var name = TemporaryDocument(
            of: document, new: ByteHash.of(Self.new), original: ByteHash.of(Self.old))
        let parts = name.process.split(separator: ".")
        name.process = "\(parts[0]).\(parts[1]).\(parts[2]).1"
        name.isComplete = isComplete
        return name
    }

    @Test(arguments: [old, new]) func `old and new bytes go`(_ bytes: [UInt8]) throws {
        try temporary.write(bytes, to: leftover().name)
        #expect(try DocumentLeftovers.clear(temporary.folder()).isEmpty)
        #expect(try names.isEmpty)
    }

    @Test func `bytes that were being written go`() throws {
        try temporary.write(Array("new".utf8), to: leftover(isComplete: false).name)
        #expect(try DocumentLeftovers.clear(temporary.folder()).isEmpty)
        #expect(try names.isEmpty)
    }

    @Test func `bytes that somebody else saved are kept under a name that is seen`() throws {
        let name = leftover()
        try temporary.write(Array("theirs".utf8), to: name.name)
        #expect(try DocumentLeftovers.clear(temporary.folder()) == [temporary.path + "/" + name.keptName])
        #expect(try names == [name.keptName])
        #expect(name.keptName.hasPrefix("a-b.c.json.displaced-"))
    }

    @Test func `files of processes that run, or of others, stay`() throws {
        var other = leftover()
        other.process = "abc.1.1.1"
        let kept = [
            TemporaryDocument(of: "x.json", new: ByteHash.of(Self.new)).name, other.name, ".x.json.assettmp",
            ".x-1-2-3.assettmp", "x.assettmp",
        ]
        for name in kept { try temporary.write(Self.new, to: name) }
        #expect(try DocumentLeftovers.clear(temporary.folder()).isEmpty)
        #expect(try names == kept.sorted())
    }

    @Test(arguments: ["a.json", "a-b-c.json", "Ünï-кодовое имя.json", "", "x"], [true, false])
    func `a name says what it was made of`(_ document: String, _ isComplete: Bool) throws {
        var name = TemporaryDocument(of: document, new: ByteHash.of(Self.new))
        name.isComplete = isComplete
        #expect(TemporaryDocument(name.name) == name)
    }

    @Test func `the longest names have a temporary name`() throws {
        for document in [
            String(repeating: "ж", count: 127), String(repeating: "👩‍👩‍👧‍👦", count: 10), String(repeating: "a", count: 255),
        ] {
            let path = try temporary.write(Self.old, to: document)
            try DocumentWriter().replace(path, Self.old, with: Self.new)
            #expect(try temporary.read(document) == Self.new)
        }
    }
}
