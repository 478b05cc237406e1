import Foundation
import Glibc
import Testing
import TipinFiles
import TipinTestSupport

/// A file is removed only if it is the one that was meant.
struct RemovingTests {
    private let temporary: TemporaryFolder
    private let path: String
    private static let bytes = Array("written by us".utf8)

    init() throws {
        temporary = try TemporaryFolder()
        path = try temporary.write(Self.bytes, to: "doc.json")
    }

    private var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path) } }

    private func remove(failpoint: Failpoint? = nil) throws {
        try DocumentWriter(failpoint: failpoint).remove(path) { $0 == Self.bytes }
    }

    @Test func `the file that is meant goes and nothing is left`() throws {
        try remove()
        #expect(try names.isEmpty)
    }

    @Test func `a file that somebody changed stays`() throws {
        try temporary.write("somebody else's", to: "doc.json")
        #expect(throws: DocumentWriter.Failure.changed(path)) { try remove() }
        #expect(try temporary.read("doc.json") == Array("somebody else's".utf8))
        #expect(try names == ["doc.json"])
    }

    @Test func `a change at the last moment is kept`() throws {
        let path = path
        #expect(throws: DocumentWriter.Failure.changed(path)) {
            try remove { operation, _ in
                guard operation == .rename else { return .proceed }
                // Only the first time: the second rename brings it back.
                if (try? String(contentsOfFile: path, encoding: .utf8)) == "written by us" {
                    _ = FileManager.default.createFile(atPath: path, contents: Data("late".utf8))
                }
                return .proceed
            }
        }
        #expect(try temporary.read("doc.json") == Array("late".utf8))
        #expect(try names == ["doc.json"])
    }

    @Test func `a file that is gone, or a link, is not removed`() throws {
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: DocumentWriter.Failure.changed(path)) { try remove() }
        try temporary.write(Self.bytes, to: "other")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "other")
        #expect(throws: DocumentWriter.Failure.linked(path)) { try remove() }
        #expect(try temporary.read("other") == Self.bytes)
    }

    @Test(arguments: [FileOperation.rename, .syncFolder]) func `a call that fails leaves the file`(
        _ operation: FileOperation
    ) throws {
        let first = FirstCall(operation)
        #expect(throws: DocumentWriter.Failure.self) { try remove(failpoint: first.failpoint) }
        #expect(try names == ["doc.json"])
        #expect(try temporary.read("doc.json") == Self.bytes)
    }
}
