import Glibc
import Testing
import TipinTestSupport

@testable import TipinFiles

struct FileLockTests {
    private let temporary: TemporaryFolder
    private let folder: Folder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try temporary.folder()
    }

    private func isFree(exclusive: Bool) throws -> Bool {
        do throws(FileError) {
            _ = try FileLock("lock", in: folder, exclusive: exclusive, waits: false)
            return true
        } catch {
            #expect(error.operation == .lock && error.number == EAGAIN)
            return false
        }
    }

    @Test func `an exclusive lock keeps all others out until it ends`() throws {
        let lock = try FileLock("lock", in: folder)
        #expect(try !isFree(exclusive: true))
        #expect(try !isFree(exclusive: false))
        release(lock)
        #expect(try isFree(exclusive: true))
    }

    @Test func `a lock that is skipped keeps nobody out`() throws {
        let careless = try temporary.folder { operation, _ in operation == .lock ? .skip : .proceed }
        let lock = try FileLock("lock", in: careless)
        #expect(try isFree(exclusive: true))
        release(lock)
    }

    @Test func `shared locks stand beside each other`() throws {
        let lock = try FileLock("lock", in: folder, exclusive: false)
        #expect(try isFree(exclusive: false))
        #expect(try !isFree(exclusive: true))
        release(lock)
    }

    @Test func `a lock outlives other descriptors of its file`() throws {
        let lock = try FileLock("lock", in: folder)
        _ = try folder.openFile("lock").readAll(limit: 1)
        #expect(try !isFree(exclusive: true))
        release(lock)
    }

    @Test func `a copy of the descriptor in a process that is being started keeps nothing`() throws {
        let lock = try FileLock("lock", in: folder)
        let path = folder.absolutePath(of: "lock")
        let copies = try Self.descriptors(of: path).map { dup($0) }
        defer { for copy in copies { close(copy) } }
        #expect(!copies.isEmpty)
        release(lock)
        #expect(try isFree(exclusive: true))
    }

    private static func descriptors(of path: String) throws -> [Int32] {
        try Folder(opening: "/proc/self/fd").names().compactMap { name in
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = readlink("/proc/self/fd/" + name, &buffer, buffer.count)
            return count > 0 && String(decoding: buffer[..<count], as: UTF8.self) == path ? Int32(name) : nil
        }
    }

    @Test func `a lock file is private`() throws {
        release(try FileLock("lock", in: folder))
        #expect(try folder.status(of: "lock")?.mode == 0o600)
    }

    private func release(_ lock: consuming FileLock) {}
}
