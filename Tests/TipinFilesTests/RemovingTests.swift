import Foundation
import Glibc
import Synchronization
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
        try DocumentWriter(failpoint: failpoint).remove(path, Self.bytes)
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

    @Test func `two changes while the file is taken away are both kept`() throws {
        let path = path
        let renames = Mutex(0)
        let failure = #expect(throws: DocumentWriter.Failure.self) {
            try remove { operation, _ in
                guard operation == .rename else { return .proceed }
                let number = renames.withLock {
                    $0 += 1
                    return $0
                }
                let text = number == 1 ? "first" : "second"
                if number < 3 { _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) }
                return .proceed
            }
        }
        guard case .changedTwice(path, let kept) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try temporary.read("doc.json") == Array("second".utf8))
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: kept))) == Array("first".utf8))
    }

    @Test func `what a killed removal leaves is cleared away`() throws {
        let stopped = DocumentWriter { operation, _ in operation == .removeFile ? .fail(errno: EIO) : .proceed }
        try stopped.remove(path, Self.bytes)
        let left = try #require(try names.first)
        // A process of this boot that runs no more.
        let parts = left.split(separator: "-")
        let process = parts[0].split(separator: ".")
        let other = left.replacing(process[process.count - 1] + "-", with: "1-", maxReplacements: 1)
        try FileManager.default.moveItem(atPath: temporary.path + "/" + left, toPath: temporary.path + "/" + other)
        #expect(try DocumentLeftovers.clear(temporary.folder()).isEmpty)
        #expect(try names.isEmpty)
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
