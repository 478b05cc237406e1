import Foundation
import Glibc
import Testing
import TipinFiles
import TipinSync
import TipinTestSupport

/// Lets state-changing calls fail, and looks at what is left in a folder that is served.
struct FolderRemoteFaultTests {
    /// How often one upload makes each call: into a folder and a book's folder that are not there yet.
    private static let calls: [FileOperation: Int] = [
        .createFolder: 2, .createFile: 1, .write: 1, .changeMode: 1, .sync: 1, .rename: 1, .syncFolder: 3,
    ]

    @Test(arguments: calls.keys.sorted { $0.rawValue < $1.rawValue }, [ENOSPC, EIO])
    func `leaves no temporary file, and comes right when run again`(_ operation: FileOperation, number: Int32)
        async throws
    {
        let blob = try TestBlob()
        var call = 0
        var failures = 0
        while true {
            call += 1
            let temporary = try TemporaryFolder()
            let failing = FailingCall(operation, call: call, errno: number)
            let served = try ServedFolder(in: temporary, failpoint: failing.failpoint)
            do throws(RemoteError) {
                _ = try await served.remote.upload(blob.item)
                break
            } catch {
                failures += 1
                guard case .file(let fault) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(fault.number == number && fault.operation == operation)
                #expect(!error.isTransient)
                // Only what could not be made durable after its rename may stand, and then it is whole.
                #expect(served.files() == (operation == .syncFolder && call == 3 ? [blob.copyName] : []))
                _ = try await served.remote.upload(blob.item)
                #expect(served.files() == [blob.copyName])
                #expect(try temporary.read("srv/" + blob.copyName) == blob.bytes)
            }
        }
        #expect(failures == Self.calls[operation])
    }

    @Test func `survives short writes`() async throws {
        let served = try ServedFolder(failpoint: { operation, _ in operation == .write ? .shorten(to: 2) : .proceed })
        let blob = try TestBlob()
        _ = try await served.remote.upload(blob.item)
        #expect(try served.temporary.read("srv/" + blob.copyName) == blob.bytes)
    }

    @Test(arguments: [EINVAL, ENOSYS, ENOTSUP])
    func `renames where the file system cannot refuse to replace`(number: Int32) async throws {
        let failing = FailingCall(.rename, errno: number)
        let served = try ServedFolder(failpoint: failing.failpoint)
        let blob = try TestBlob()
        _ = try await served.remote.upload(blob.item)
        #expect(failing.count == 2)
        #expect(served.files() == [blob.copyName])
    }

    @Test func `takes the copy of a run that was faster`() async throws {
        let temporary = try TemporaryFolder()
        let blob = try TestBlob()
        // The other run puts its copy there between our look and our rename.
        let served = try ServedFolder(in: temporary) { operation, _ in
            if operation == .rename { _ = try? temporary.write(blob.bytes, to: "srv/" + blob.copyName) }
            return .proceed
        }
        _ = try await served.remote.upload(blob.item)
        #expect(served.files() == [blob.copyName])
        #expect(try temporary.read("srv/" + blob.copyName) == blob.bytes)
    }

    @Test func `makes one copy of many uploads at a time`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        let copies = try await withThrowingTaskGroup(of: RemoteCopy.self) { group in
            for _ in 0..<16 { group.addTask { try await served.remote.upload(blob.item) } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1.url) }
        }
        #expect(copies.count == 1)
        #expect(served.files() == [blob.copyName])
    }

    @Test func `removes what a killed run left, not what another is writing`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        let old = try served.temporary.write("half a pict", to: "srv/b1/.tipin-1.tmp")
        try served.temporary.write("half a pict", to: "srv/b1/.tipin-2.tmp")
        let other = try served.temporary.write("somebody's", to: "srv/b1/notes.tmp")
        for path in [old, other] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: path)
        }
        _ = try await served.remote.upload(blob.item)
        #expect(served.files() == ["b1/.tipin-2.tmp", blob.copyName, "b1/notes.tmp"].sorted())
    }
}
