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

    @Test func `a lock file is private`() throws {
        release(try FileLock("lock", in: folder))
        #expect(try folder.status(of: "lock")?.mode == 0o600)
    }

    private func release(_ lock: consuming FileLock) {}
}
