import Foundation
import Glibc
import Synchronization
import Testing
import TipinFiles
import TipinTestSupport

/// Documents with their manifest files, written many at a time.
struct StagedStepsTests {
    private let temporary: TemporaryFolder
    private static let old = Array("old".utf8)
    private static let new = Array("new".utf8)
    private static let others = Array("somebody else's".utf8)

    init() throws {
        temporary = try TemporaryFolder()
        for folder in ["one", "two"] {
            try FileManager.default.createDirectory(
                atPath: temporary.path + "/" + folder, withIntermediateDirectories: false)
            for name in ["a", "b"] {
                for kind in ["json", "refs"] { try temporary.write(Self.old, to: "\(folder)/\(name).\(kind)") }
            }
        }
    }

    /// The manifest file first, as in a run.
    private func steps(_ document: String) -> [DocumentStep] {
        ["refs", "json"].map { kind in
            DocumentStep("\(temporary.path)/\(document).\(kind)", from: Self.old, to: Self.new)
        }
    }

    private func carryOut(_ documents: [String], _ failpoint: @escaping Failpoint) -> [StagedSteps] {
        let writer = DocumentWriter(failpoint: failpoint)
        var folders = OpenFolders(failpoint: failpoint)
        let groups = documents.map { writer.stage(steps($0), in: &folders) }
        for group in groups { group.makeDurable() }
        writer.commit(groups)
        return groups
    }

    private func bytes(_ document: String) throws -> [[UInt8]] {
        try ["refs", "json"].map { try temporary.read("\(document).\($0)") }
    }

    private func expectNothingLeft() throws {
        for folder in ["one", "two"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: temporary.path + "/" + folder)
            #expect(names.sorted() == ["a.json", "a.refs", "b.json", "b.refs"])
        }
    }

    private static let all = ["one/a", "one/b", "two/a"]

    @Test func `all are done, and each folder waits for the disk once a step`() throws {
        let syncs = Mutex(0)
        let groups = carryOut(Self.all) { operation, _ in
            if operation == .syncFolder { syncs.withLock { $0 += 1 } }
            return .proceed
        }
        #expect(groups.allSatisfy { $0.failure == nil })
        for document in Self.all { #expect(try bytes(document) == [Self.new, Self.new]) }
        #expect(try bytes("two/b") == [Self.old, Self.old])
        #expect(syncs.withLock { $0 } == 4)
        try expectNothingLeft()
    }

    /// Also where names cannot be exchanged: then the old bytes have a second name meanwhile.
    @Test(arguments: [false, true])
    func `a document that somebody changed takes its manifest file back, the others are done`(
        _ cannotExchange: Bool
    ) throws {
        try temporary.write(Self.others, to: "one/b.json")
        let groups = carryOut(Self.all) { operation, _ in
            operation == .exchange && cannotExchange ? .fail(errno: EINVAL) : .proceed
        }
        #expect(groups.map { $0.failure == nil } == [true, false, true])
        #expect(try bytes("one/b") == [Self.old, Self.others])
        #expect(try bytes("one/a") == [Self.new, Self.new])
        try expectNothingLeft()
    }

    @Test func `old bytes that cannot have the name for the way back are kept, and it is said where`() throws {
        try temporary.write(Self.others, to: "one/b.json")
        let hasSecondName = Mutex(false)
        let groups = carryOut(["one/b"]) { operation, path in
            switch operation {
            case .exchange: return .fail(errno: EINVAL)
            case .link: hasSecondName.withLock { $0 = true }
            // The new bytes take their place, and then the old ones' second name is to be changed.
            case .rename where (try? temporary.read("one/b.refs")) == Self.new:
                return hasSecondName.withLock { has in
                    defer { has = false }
                    return has ? .fail(errno: EIO) : .proceed
                }
            default: break
            }
            return .proceed
        }
        guard case .notTakenBack(_, let kept?)? = groups[0].failure else {
            Issue.record("\(String(describing: groups[0].failure))")
            return
        }
        #expect(try bytes("one/b") == [Self.new, Self.others])
        #expect(FileManager.default.contents(atPath: kept) == Data(Self.old))
        let names = try FileManager.default.contentsOfDirectory(atPath: temporary.path + "/one")
        #expect(names.allSatisfy { !$0.hasPrefix(".") })
    }

    @Test func `a folder that does not become durable has what it had, the other is done`() throws {
        let groups = carryOut(Self.all) { operation, path in
            operation == .syncFolder && path.hasSuffix("/one") ? .fail(errno: EIO) : .proceed
        }
        #expect(groups.map { $0.failure == nil } == [false, false, true])
        for document in ["one/a", "one/b"] { #expect(try bytes(document) == [Self.old, Self.old]) }
        #expect(try bytes("two/a") == [Self.new, Self.new])
        try expectNothingLeft()
    }

    @Test(arguments: [ENOSPC, EMFILE])
    func `what finds no room beside the others is done alone`(_ number: Int32) throws {
        // Room for the new bytes of two documents at a time.
        let waiting = Mutex(0)
        let groups = carryOut(Self.all) { operation, _ in
            switch operation {
            case .createFile:
                return waiting.withLock { waiting in
                    guard waiting < 4 else { return .fail(errno: number) }
                    waiting += 1
                    return .proceed
                }
            case .removeFile: waiting.withLock { $0 -= 1 }
            default: break
            }
            return .proceed
        }
        #expect(groups.allSatisfy { $0.failure == nil })
        for document in Self.all { #expect(try bytes(document) == [Self.new, Self.new]) }
        try expectNothingLeft()
    }

    @Test func `what cannot be put back is kept under a name that is told`() throws {
        let exchanges = Mutex(0)
        let groups = carryOut(["one/a"]) { operation, _ in
            switch operation {
            case .syncFolder: return .fail(errno: EIO)
            case .exchange:
                return exchanges.withLock { count in
                    count += 1
                    return count == 1 ? .proceed : .fail(errno: EIO)
                }
            default: return .proceed
            }
        }
        guard case .notTakenBack(_, let kept?)? = groups[0].failure else {
            Issue.record("\(String(describing: groups[0].failure))")
            return
        }
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: kept))) == Self.old)
        #expect(try bytes("one/a") == [Self.new, Self.old])
    }
}
