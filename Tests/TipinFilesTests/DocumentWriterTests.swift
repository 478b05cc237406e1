import Foundation
import Glibc
import Synchronization
import Testing
import TipinFiles
import TipinTestSupport

/// The law of whole changes: a document has its old bytes or its new ones, and never loses somebody else's.
struct DocumentWriterTests {
    private let temporary: TemporaryFolder
    private let path: String
    private static let old = Array("old text".utf8)
    private static let new = Array("new and longer text".utf8)
    private static let others = Array("somebody else's".utf8)

    init() throws {
        temporary = try TemporaryFolder()
        path = try temporary.write(Self.old, to: "doc.json")
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: temporary.path).sorted() }
    }

    private func status(_ name: String = "doc.json") throws -> FileStatus {
        try #require(try temporary.folder().status(of: name))
    }

    // MARK: Replacing

    @Test func `new bytes take the old ones' place and nothing else is left`() throws {
        try DocumentWriter().replace(path, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try names == ["doc.json"])
    }

    @Test(arguments: [0o600, 0o640, 0o664, 0o444] as [UInt32]) func `mode is kept`(_ mode: UInt32) throws {
        #expect(chmod(path, mode) == 0)
        try DocumentWriter().replace(path, Self.old, with: Self.new)
        #expect(try status().mode == mode)
        #expect(try temporary.read("doc.json") == Self.new)
    }

    @Test(.enabled(if: geteuid() == 0, "only root may give files away")) func `owner and group are kept`() throws {
        #expect(chown(path, 12_345, 23_456) == 0)
        #expect(chmod(path, 0o4755) == 0)
        try DocumentWriter().replace(path, Self.old, with: Self.new)
        let status = try status()
        #expect([status.owner, status.group] == [12_345, 23_456])
        // Giving a file away takes this bit from it.
        #expect(status.mode == 0o4755)
    }

    @Test func `a document that is not what was read stays`() throws {
        try temporary.write(Self.others, to: "doc.json")
        #expect(throws: DocumentWriter.Failure.changed(path)) {
            try DocumentWriter().replace(path, Self.old, with: Self.new)
        }
        #expect(try temporary.read("doc.json") == Self.others)
        #expect(try names == ["doc.json"])
    }

    /// Who changes the document and how, at the last moment before the names are exchanged.
    enum Change: String, Sendable, CaseIterable { case overwritten, replaced, grown, shortened }

    @Test(arguments: Change.allCases)
    func `a change at the last moment is kept`(_ change: Change) throws {
        let path = path
        let folder = temporary.path
        let expected =
            switch change {
            case .overwritten, .replaced: Self.others
            case .grown: Self.old + Self.others
            case .shortened: Array(Self.old.prefix(3))
            }
        let once = Mutex(false)
        let writer = DocumentWriter { operation, _ in
            guard operation == .exchange,
                once.withLock({ done in
                    defer { done = true }
                    return !done
                })
            else {
                return .proceed
            }
            let target = change == .replaced ? folder + "/saved" : path
            let isMade = FileManager.default.createFile(atPath: target, contents: Data(expected))
            let isReplaced = change != .replaced || rename(target, path) == 0
            return isMade && isReplaced ? .proceed : .fail(errno: EPERM)
        }
        #expect(throws: DocumentWriter.Failure.changed(path)) {
            try writer.replace(path, Self.old, with: Self.new)
        }
        #expect(once.withLock { $0 })
        #expect(try temporary.read("doc.json") == expected)
        #expect(try names == ["doc.json"])
    }

    @Test func `two changes while the first is put back are both kept`() throws {
        let path = path
        let exchanges = Mutex(0)
        let later = Array("the later change".utf8)
        let writer = DocumentWriter { operation, _ in
            guard operation == .exchange else { return .proceed }
            let count = exchanges.withLock {
                $0 += 1
                return $0
            }
            guard count < 3 else { return .proceed }
            let bytes = count == 1 ? Self.others : later
            return FileManager.default.createFile(atPath: path, contents: Data(bytes)) ? .proceed : .fail(errno: EPERM)
        }
        let failure = #expect(throws: DocumentWriter.Failure.self) {
            try writer.replace(path, Self.old, with: Self.new)
        }
        guard case .changedTwice(path, let kept) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try temporary.read("doc.json") == later)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: kept))) == Self.others)
        #expect(try names.count == 2)
    }

    @Test func `of many writers at once one wins and the others are told`() async throws {
        let path = path
        for round in 0..<20 {
            try temporary.write(Self.old, to: "doc.json")
            let winners = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let bytes = Array("\(round) \(number)".utf8)
                        return (try? DocumentWriter().replace(path, Self.old, with: bytes)) == nil ? nil : number
                    }
                }
                return await group.reduce(into: []) { if let number = $1 { $0.append(number) } }
            }
            #expect(winners.count == 1)
            #expect(try temporary.read("doc.json") == Array("\(round) \(winners.first ?? -1)".utf8))
            #expect(try names == ["doc.json"])
        }
    }

    @Test func `a folder that somebody keeps locked is an error and no wait for ever`() throws {
        let holder = try temporary.folder()
        let other = try temporary.folder()
        try holder.whileLocked {
            #expect(throws: FileError(.lock, other.path, EAGAIN)) { try other.whileLocked(patience: 3) {} }
        }
        #expect(throws: Never.self) { try other.whileLocked(patience: 3) {} }
    }

    @Test(arguments: [EINVAL, ENOSYS]) func `a file system that cannot exchange is served too`(_ number: Int32) throws {
        let writer = DocumentWriter { operation, _ in operation == .exchange ? .fail(errno: number) : .proceed }
        try writer.replace(path, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(throws: DocumentWriter.Failure.changed(path)) {
            try writer.replace(path, Self.old, with: Self.others)
        }
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try names == ["doc.json"])
    }

    @Test func `a document that is gone is not made again`() throws {
        #expect(unlink(path) == 0)
        #expect(throws: DocumentWriter.Failure.changed(path)) {
            try DocumentWriter().replace(path, Self.old, with: Self.new)
        }
        #expect(try names.isEmpty)
    }

    // MARK: Links

    @Test func `a symbolic link is refused unless it is followed`() throws {
        let link = temporary.path + "/link.json"
        #expect(symlink("doc.json", link) == 0)
        #expect(throws: DocumentWriter.Failure.linked(link)) {
            try DocumentWriter().replace(link, Self.old, with: Self.new)
        }
        #expect(throws: DocumentWriter.Failure.linked(link)) { try DocumentWriter().place(Self.new, at: link) }
        #expect(try temporary.read("doc.json") == Self.old)
        try DocumentWriter(followsLinks: true).replace(link, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try status("link.json").kind == .symbolicLink)
        #expect(try names == ["doc.json", "link.json"])
    }

    @Test func `a hard link is refused unless it may be cut off`() throws {
        let other = temporary.path + "/other.json"
        #expect(link(path, other) == 0)
        #expect(throws: DocumentWriter.Failure.linked(path)) {
            try DocumentWriter().replace(path, Self.old, with: Self.new)
        }
        #expect(throws: DocumentWriter.Failure.linked(path)) { try DocumentWriter().place(Self.new, at: path) }
        try DocumentWriter(followsLinks: true).replace(path, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
        #expect(try temporary.read("other.json") == Self.old)
    }

    // MARK: New files

    @Test func `a new file is made where none must stand`() throws {
        let new = temporary.path + "/new.json"
        try DocumentWriter().replace(new, nil, with: Self.new)
        #expect(try temporary.read("new.json") == Self.new)
        #expect(throws: DocumentWriter.Failure.changed(new)) {
            try DocumentWriter().replace(new, nil, with: Self.others)
        }
        #expect(try temporary.read("new.json") == Self.new)
        #expect(try names == ["doc.json", "new.json"])
    }

    @Test func `equal bytes are not placed again`() throws {
        let before = try status()
        try DocumentWriter().place(Self.old, at: path)
        #expect(try status() == before)
        try DocumentWriter().place(Self.new, at: path)
        #expect(try temporary.read("doc.json") == Self.new)
    }

    @Test func `a document that changes while it is placed stays`() throws {
        let path = path
        let once = Mutex(false)
        let writer = DocumentWriter { operation, _ in
            guard operation == .exchange, !once.withLock({ $0 }) else { return .proceed }
            once.withLock { $0 = true }
            return FileManager.default.createFile(atPath: path, contents: Data(Self.others))
                ? .proceed : .fail(errno: EPERM)
        }
        #expect(throws: DocumentWriter.Failure.changed(path)) { try writer.place(Self.new, at: path) }
        #expect(try temporary.read("doc.json") == Self.others)
        #expect(try names == ["doc.json"])
    }

    @Test func `a document that appears while a new one is placed stays`() throws {
        let new = temporary.path + "/new.json"
        let writer = DocumentWriter { operation, _ in
            guard operation == .rename else { return .proceed }
            return FileManager.default.createFile(atPath: new, contents: Data(Self.others))
                ? .proceed : .fail(errno: EPERM)
        }
        #expect(throws: DocumentWriter.Failure.changed(new)) { try writer.place(Self.new, at: new) }
        #expect(try temporary.read("new.json") == Self.others)
        #expect(try names == ["doc.json", "new.json"])
    }

    /// What somebody does to a new file whose name could not be made durable, and when.
    enum Meddling: String, Sendable, CaseIterable { case before, between, twice }

    @Test(arguments: Meddling.allCases)
    func `a new file that is taken back is not somebody else's`(_ meddling: Meddling) throws {
        let new = temporary.path + "/new.json"
        let renames = Mutex(0)
        let save = { @Sendable (text: String) in
            _ = FileManager.default.createFile(atPath: new, contents: Data(text.utf8))
        }
        let writer = DocumentWriter { operation, _ in
            switch operation {
            case .syncFolder:
                if meddling == .before { save("theirs") }
                return .fail(errno: EIO)
            case .rename:
                // Part, new name, then out of the way and back again.
                let number = renames.withLock {
                    $0 += 1
                    return $0
                }
                if number == 3, meddling != .before { save("theirs") }
                if number == 4, meddling == .twice { save("later") }
                return .proceed
            default: return .proceed
            }
        }
        let failure = #expect(throws: DocumentWriter.Failure.self) { try writer.replace(new, nil, with: Self.new) }
        #expect(try temporary.read("new.json") == Array((meddling == .twice ? "later" : "theirs").utf8))
        if case .changedTwice(new, let kept) = failure {
            #expect(meddling == .twice)
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: kept))) == Array("theirs".utf8))
        } else {
            #expect(meddling != .twice)
        }
        #expect(try names.count == (meddling == .twice ? 3 : 2))
    }

    // MARK: Faults

    enum Way: String, Sendable, CaseIterable { case replace, create, place, placeNew }

    private func run(_ way: Way, _ writer: DocumentWriter) throws {
        switch way {
        case .replace: try writer.replace(path, Self.old, with: Self.new)
        case .create: try writer.replace(temporary.path + "/new.json", nil, with: Self.new)
        case .place: try writer.place(Self.new, at: path)
        case .placeNew: try writer.place(Self.new, at: temporary.path + "/new.json")
        }
    }

    @Test(arguments: Way.allCases, [ENOSPC, EIO])
    func `a fault at any step leaves whole documents and no temporary file`(_ way: Way, _ number: Int32) throws {
        var failed: [FileOperation] = []
        for step in 1...40 {
            try temporary.write(Self.old, to: "doc.json")
            try? FileManager.default.removeItem(atPath: temporary.path + "/new.json")
            let count = Mutex(0)
            let hit = Mutex<FileOperation?>(nil)
            let writer = DocumentWriter { operation, _ in
                guard operation.changesState,
                    count.withLock({
                        $0 += 1
                        return $0
                    }) == step
                else { return .proceed }
                hit.withLock { $0 = operation }
                return .fail(errno: number)
            }
            let outcome = Result { try run(way, writer) }
            guard let operation = hit.withLock({ $0 }) else {
                #expect(throws: Never.self) { try outcome.get() }
                break
            }
            failed.append(operation)
            for name in try names where name.hasSuffix(".assettmp") && operation == .removeFile {
                try FileManager.default.removeItem(atPath: temporary.path + "/" + name)
            }
            let name = way == .create || way == .placeNew ? "new.json" : "doc.json"
            let bytes = try? temporary.read(name)
            let before = name == "doc.json" ? Self.old : nil
            if operation == .removeFile {
                #expect(bytes == Self.new, "the displaced bytes alone could not be removed")
                continue
            }
            #expect(throws: DocumentWriter.Failure.self, "step \(step), \(operation)") { try outcome.get() }
            #expect(bytes == before, "step \(step), \(operation)")
            #expect(try names.allSatisfy { !$0.hasSuffix(".assettmp") }, "step \(step), \(operation)")
        }
        #expect(failed.count >= 4)
        #expect(failed.contains(.sync))
    }

    @Test(arguments: [1, 5]) func `short writes are gone on with`(_ length: Int) throws {
        let writer = DocumentWriter { operation, _ in operation == .write ? .shorten(to: length) : .proceed }
        try writer.replace(path, Self.old, with: Self.new)
        #expect(try temporary.read("doc.json") == Self.new)
    }
}

extension DocumentWriter {
    /// Puts bytes in the place of what stands there, if anything does.
    fileprivate func place(_ bytes: [UInt8], at path: String) throws {
        try carryOut([DocumentStep(path, from: try standing(at: path), to: bytes)])
    }
}
