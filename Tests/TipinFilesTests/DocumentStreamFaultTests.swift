import Foundation
import Glibc
import Synchronization
import Testing
import TipinTestSupport

@testable import TipinFiles

/// A stream that is stopped anywhere: the document is whole, old or new, and nothing of ours stays beside it.
struct DocumentStreamFaultTests {
    private static let old = Array("old text".utf8)
    private static let pieces = ["new ", "and longer", " text"].map { Array($0.utf8) }
    private static let new = Array(pieces.joined())

    /// What the stream writes to.
    enum Place: String, Sendable, CaseIterable {
        case document, output, newFile

        var name: String { self == .newFile ? "new.json" : "doc.json" }
        var before: [UInt8]? { self == .newFile ? nil : DocumentStreamFaultTests.old }
    }

    /// What a file system lets happen in place of the exchange of two names.
    enum FileSystem: String, Sendable, CaseIterable { case exchanges, doesNot }

    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
    }

    /// As it was before anything was written.
    private func restore() throws {
        for name in try names { try FileManager.default.removeItem(atPath: temporary.path + "/" + name) }
        try temporary.write(Self.old, to: "doc.json")
    }

    private static func write(_ place: Place, in folder: String, _ failpoint: @escaping Failpoint) throws {
        let standing: DocumentWriter.Standing =
            switch place {
            case .document: .document
            case .output: .either
            case .newFile: .nothing
            }
        let stream = try DocumentWriter(failpoint: failpoint).stream(to: folder + "/" + place.name, standing)
        for piece in pieces { try stream.append(piece) }
        try stream.finish(over: place.before.map { StandingBytes($0) })
    }

    /// Asks `rule` at each call that changes something, by its number from 1.
    private static func failpoint(
        on fileSystem: FileSystem, _ rule: @escaping @Sendable (Int, FileOperation) -> FailpointOutcome
    ) -> Failpoint {
        let count = Mutex(0)
        return { operation, _ in
            guard operation.changesState else { return .proceed }
            if operation == .exchange, fileSystem == .doesNot { return .fail(errno: EINVAL) }
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return rule(number, operation)
        }
    }

    @Test(arguments: Place.allCases, [EINVAL, ENOSYS])
    func `a file system that cannot exchange names is served too`(_ place: Place, _ number: Int32) throws {
        try restore()
        try Self.write(place, in: temporary.path) { operation, _ in
            operation == .exchange ? .fail(errno: number) : .proceed
        }
        #expect(try temporary.read(place.name) == Self.new)
        #expect(try names == Set(["doc.json", place.name]).sorted())
    }

    @Test func `where names cannot be exchanged what somebody changed meanwhile stays`() throws {
        try restore()
        let others = Array("somebody else's".utf8)
        let path = temporary.path + "/doc.json"
        let failure = #expect(throws: DocumentWriter.Failure.self) {
            try Self.write(.document, in: temporary.path) { operation, _ in
                guard operation == .exchange else { return .proceed }
                _ = FileManager.default.createFile(atPath: path, contents: Data(others))
                return .fail(errno: EINVAL)
            }
        }
        #expect(failure == .changed(path))
        #expect(try temporary.read("doc.json") == others)
        #expect(try names == ["doc.json"])
    }

    @Test(arguments: Place.allCases, [(ENOSPC, FileSystem.exchanges), (EIO, .exchanges), (EIO, .doesNot)])
    func `a fault at any step leaves whole documents and no temporary file`(
        _ place: Place, _ fault: (number: Int32, fileSystem: FileSystem)
    ) throws {
        var failed: [FileOperation] = []
        while true {
            let step = failed.count + 1
            try restore()
            let hit = Mutex<FileOperation?>(nil)
            let failpoint = Self.failpoint(on: fault.fileSystem) { number, operation in
                guard number == step else { return .proceed }
                hit.withLock { $0 = operation }
                return .fail(errno: fault.number)
            }
            let outcome = Result { try Self.write(place, in: temporary.path, failpoint) }
            guard let operation = hit.withLock({ $0 }) else {
                #expect(throws: Never.self) { try outcome.get() }
                break
            }
            failed.append(operation)
            let bytes = try? temporary.read(place.name)
            let isSecondName = operation == .link || (operation == .rename && failed.count { $0 == .rename } == 3)
            if operation == .removeFile || isSecondName {
                // What fails is only the way back, or clearing up.
                #expect(bytes == Self.new, "step \(step), \(operation)")
                if isSecondName { #expect(try names.allSatisfy { !$0.hasPrefix(".") }, "step \(step), \(operation)") }
                continue
            }
            #expect(throws: DocumentWriter.Failure.self, "step \(step), \(operation)") { try outcome.get() }
            #expect(bytes == place.before, "step \(step), \(operation)")
            #expect(try names.allSatisfy { !$0.hasPrefix(".") }, "step \(step), \(operation)")
        }
        #expect(Set(failed).isSuperset(of: [.createFile, .write, .sync, .rename, .syncFolder]))
    }

    /// What is on the disk when each call fails from one on is what a killed process leaves.
    @Test(arguments: Place.allCases, FileSystem.allCases)
    func `a stop at any step leaves whole documents, and the next run clears up`(
        _ place: Place, _ fileSystem: FileSystem
    ) throws {
        for step in 1... {
            try restore()
            let isStopped = Mutex(false)
            let failpoint = Self.failpoint(on: fileSystem) { number, _ in
                guard number >= step else { return .proceed }
                isStopped.withLock { $0 = true }
                return .fail(errno: EIO)
            }
            _ = try? Self.write(place, in: temporary.path, failpoint)
            guard isStopped.withLock({ $0 }) else {
                #expect(step > 7)
                break
            }
            let bytes = try? temporary.read(place.name)
            #expect(bytes == place.before || bytes == Self.new, "step \(step)")
            try leaveLeftovers()
            #expect(try DocumentLeftovers.clear(temporary.folder()) == [], "step \(step)")
            #expect(try names.allSatisfy { !$0.hasPrefix(".") }, "step \(step)")
            #expect((try? temporary.read(place.name)) == bytes, "step \(step)")
        }
    }

    /// Gives what lies beside the documents the names that a process which is gone gave it.
    private func leaveLeftovers() throws {
        for name in try names {
            guard var leftover = TemporaryDocument(name) else { continue }
            let parts = leftover.process.split(separator: ".")
            leftover.process = "\(parts[0]).\(parts[1]).\(parts[2]).1"
            #expect(rename(temporary.path + "/" + name, temporary.path + "/" + leftover.name) == 0)
        }
    }

    /// The same with a process that is really killed: before, at and after the moment in which the names are exchanged.
    @Test(arguments: [FileOperation.sync, .exchange, .syncFolder, .removeFile])
    func `a killed process leaves whole documents, and the next run clears up`(_ operation: FileOperation) async throws
    {
        try restore()
        let (root, name) = (temporary.path, operation.rawValue)
        await #expect(processExitsWith: .signal(SIGKILL)) { [root = root as String, name = name as String] in
            try Self.write(.document, in: root) { operation, _ in
                if operation.rawValue == name { kill(getpid(), SIGKILL) }
                return .proceed
            }
        }
        let isNew = operation == .syncFolder || operation == .removeFile
        #expect(try temporary.read("doc.json") == (isNew ? Self.new : Self.old))
        #expect(try names.count == 2)
        #expect(try DocumentLeftovers.clear(temporary.folder()) == [])
        #expect(try names == ["doc.json"])
    }
}
