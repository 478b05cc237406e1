import Foundation
import Glibc
import Synchronization
import Testing
import TipinDiagnostics
import TipinTestSupport

@testable import TipinFiles

struct OpenFileTests {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    @Test(arguments: [1, 3, 1000])
    func `short writes are continued`(size: Int) throws {
        let calls = Mutex(0)
        let folder = try temporary.folder { operation, _ in
            guard operation == .write else { return .proceed }
            calls.withLock { $0 += 1 }
            return .shorten(to: size)
        }
        let bytes = (0..<2000).map { UInt8(truncatingIfNeeded: $0) }
        try folder.createFile("a", mode: 0o600).write(bytes)
        #expect(try temporary.read("a") == bytes)
        #expect(calls.withLock { $0 } == (2000 + size - 1) / size)
    }

    @Test func `a failing write says what and where`() throws {
        let calls = Mutex(0)
        let folder = try temporary.folder { operation, _ in
            guard operation == .write else { return .proceed }
            let number = calls.withLock { (count: inout Int) -> Int in
                count += 1
                return count
            }
            return number < 3 ? .shorten(to: 4) : .fail(errno: ENOSPC)
        }
        let file = try folder.createFile("a", mode: 0o600)
        let error = #expect(throws: FileError.self) { try file.write(Array("0123456789".utf8)) }
        #expect(error == FileError(.write, temporary.path + "/a", ENOSPC))
        #expect(error?.isOutOfSpace == true)
        #expect(error?.problem.code == .diskFull)
        #expect(try temporary.read("a") == Array("01234567".utf8))
    }

    @Test(arguments: FileOperation.allCases.filter(\.changesState))
    func `every changing call can be made to fail, and then changes nothing`(operation: FileOperation) throws {
        try temporary.write("x", to: "file")
        try temporary.write("y", to: "other")
        let mode = try temporary.folder().status(of: "file")?.mode
        let folder = try temporary.folder { asked, _ in asked == operation ? .fail(errno: EIO) : .proceed }
        let error = #expect(throws: FileError.self) { try Self.perform(operation, in: folder) }
        #expect(error?.number == EIO && error?.operation == operation)
        #expect(try folder.names() == ["file", "other"])
        #expect(try temporary.read("file") == Array("x".utf8))
        #expect(try folder.status(of: "file")?.mode == mode)
    }

    @Test(arguments: [FileOperation.sync, .syncFolder, .rename, .exchange, .link, .removeFile, .changeMode])
    func `a call that is skipped is said to have succeeded, and changes nothing`(operation: FileOperation) throws {
        try temporary.write("x", to: "file")
        try temporary.write("y", to: "other")
        let mode = try temporary.folder().status(of: "file")?.mode
        let folder = try temporary.folder { asked, _ in asked == operation ? .skip : .proceed }
        try Self.perform(operation, in: folder)
        #expect(try folder.names() == ["file", "other"])
        #expect(try temporary.read("file") == Array("x".utf8))
        #expect(try folder.status(of: "file")?.mode == mode)
    }

    @Test func `an interrupted write goes on`() throws {
        let calls = Mutex(0)
        let folder = try temporary.folder { operation, _ in
            guard operation == .write else { return .proceed }
            let number = calls.withLock { (count: inout Int) -> Int in
                count += 1
                return count
            }
            return number % 2 == 1 ? .fail(errno: EINTR) : .shorten(to: 3)
        }
        try folder.createFile("a", mode: 0o600).write(Array("0123456789".utf8))
        #expect(try temporary.read("a") == Array("0123456789".utf8))
    }

    private static func perform(_ operation: FileOperation, in folder: Folder) throws(FileError) {
        switch operation {
        case .createFile: _ = try folder.createFile("new", mode: 0o600)
        case .createFolder: try folder.createFolders("new", mode: 0o700)
        case .write: try folder.openOrCreateFile("file", mode: 0o600).write([1])
        case .sync: try folder.openFile("file").sync()
        case .syncFolder: try folder.syncFolder()
        case .rename: try folder.rename("file", replacing: "other")
        case .exchange: try folder.exchange("file", "other")
        case .link: try folder.link("file", toNew: "new")
        case .removeFile: try folder.removeFile("file")
        case .removeFolder: try folder.removeFolder("file")
        case .changeMode: try folder.openFile("file").changeMode(to: 0o777)
        case .changeOwner: try folder.openFile("file").changeOwner(to: 12345, group: 12345)
        case .changeAttributes: _ = try folder.openFile("file").mayChangeAttributes()
        case .open, .openFolder, .read, .status, .list, .lock: break
        }
    }

    @Test func `a file over the limit is refused before it is read`() throws {
        try temporary.write("0123456789", to: "a")
        let folder = try temporary.folder()
        #expect(try folder.openFile("a").readAll(limit: 10).count == 10)
        let error = #expect(throws: FileError.self) { try folder.openFile("a").readAll(limit: 9) }
        #expect(error?.number == EFBIG)
        // Its status says nothing of how much there is to read.
        let endless = try Folder(opening: "/dev").openFile("zero")
        #expect(throws: FileError.self) { try endless.readAll(limit: 1 << 16) }
    }

    @Test(arguments: [1, 2, 3, 7], [8 << 20, (8 << 20) + 1, 9_000_001])
    func `several threads read a large file as one does`(width: Int, size: Int) throws {
        var random = SystemRandomNumberGenerator()
        let words = (0..<(size / 8 + 1)).map { _ in random.next() }
        let bytes = words.withUnsafeBytes { Array($0.prefix(size)) }
        let folder = try temporary.folder()
        try folder.createFile("a", mode: 0o600).write(bytes)
        #expect(try folder.openFile("a").readAll(limit: size, width: width) == bytes)
        let error = #expect(throws: FileError.self) {
            try folder.openFile("a").readAll(limit: size - 1, width: width)
        }
        #expect(error?.number == EFBIG)
    }

    /// As it may be when it changes after its status was read.
    @Test(arguments: [-5_000_000, -1, 0, 1, 5_000_000])
    func `a file that is shorter or longer than it was is read from its beginning`(difference: Int) throws {
        let bytes = (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let folder = try temporary.folder()
        try folder.createFile("a", mode: 0o600).write(bytes)
        let expected = bytes.count + difference
        let read = try folder.openFile("a").readParts(upTo: expected + 1, 3)
        #expect(read == Array(bytes.prefix(expected + 1)))
    }

    @Test func `reading goes on where it stopped`() throws {
        try temporary.write("0123456789", to: "a")
        let file = try temporary.folder().openFile("a")
        #expect(try file.readChunk(upTo: 4) == Array("0123".utf8))
        #expect(try file.readChunk(upTo: 40) == Array("456789".utf8))
        #expect(try file.readChunk(upTo: 4) == [])
        try file.seek(to: 8)
        #expect(try file.readAll(limit: 100) == Array("89".utf8))
    }

    @Test func `opening a pipe does not wait for its other end`() throws {
        #expect(mkfifo(temporary.path + "/pipe", 0o600) == 0)
        #expect(try temporary.folder().openFile("pipe").status().kind == .other)
    }

    @Test func `a file's mode and real path are told`() throws {
        try temporary.write("x", to: "deep/file")
        let file = try temporary.folder().openFile("deep/file")
        try file.changeMode(to: 0o400)
        #expect(try file.status().mode == 0o400)
        #expect(try file.status().size == 1)
        #expect(try file.realPath() == temporary.path + "/deep/file")
    }
}
