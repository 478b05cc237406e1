import Foundation
import Glibc
import Testing
import TipinFiles
import TipinSync
import TipinTestSupport

struct FolderRemoteTests {
    @Test(arguments: ["https://cdn.example/pictures", "https://cdn.example/pictures/", "http://cdn.example:8443/a/b"])
    func `keeps the contract`(base: String) async throws {
        let served = try ServedFolder(base: base)
        let root = base.hasSuffix("/") ? String(base.dropLast()) : base
        try await RemoteContract(
            remote: served.remote,
            foreignURLs: [
                root, root + "/", root + ".evil.example/b1/x.png", root + "x/b1/x.png",
                root + "/../../other/x.png", root + "/b1/../../../x.png", root + "/%2e%2e/%2E%2E/x.png",
                root + "/b1/.%2e/%2e./../x.png", root + "/b1/..%2f..%2fx.png", root + "/b1%2Fx.png",
                root + "/b1%5Cx.png",
                root + "/b1/..%5cx.png", root + "/b1//x.png", root + "/b1/", root + "/b1/.x.png", root + "/b1/%00.png",
                root + "/b1/%ff.png",
            ],
            copyCount: { served.files().count },
            remove: { copy in
                let url = try #require(copy.url)
                try FileManager.default.removeItem(
                    atPath: served.temporary.path + "/srv" + url.dropFirst(root.count))
            }
        ).check()
    }

    @Test(arguments: ["b1", "Ein Buch/50%", "..%2f", ".hidden", "~", String(repeating: "é", count: 200)])
    func `finds the file of each address again`(book: String) async throws {
        let served = try ServedFolder()
        let blob = try TestBlob(book: book)
        let copy = try await served.remote.upload(blob.item)
        let url = try #require(copy.url)
        #expect(copy.id == nil)
        #expect(served.remote.owns(url))
        #expect(try await served.remote.download(url + "?v=2", maxBytes: 100) == blob.bytes)
        let folder = try #require(BookFolderName(book, sha256Hex: { SHA256Hex.digest(of: $0) })).text
        #expect(served.files() == ["\(folder)/\(blob.item.sha256).png"])
        #expect(url.removingPercentEncoding == "https://cdn.example/pictures/\(folder)/\(blob.item.sha256).png")
    }

    @Test(arguments: ["", ".", ".."])
    func `refuses a book that names no folder`(book: String) async throws {
        let served = try ServedFolder()
        let blob = try TestBlob(book: book)
        await #expect(throws: RemoteError.self) { _ = try await served.remote.upload(blob.item) }
        #expect(served.remote.currentURL(bookID: book, sha256: blob.item.sha256, ext: "png") == nil)
        #expect(served.files() == [])
    }

    @Test(arguments: [("../../x", "png"), ("abc", "png"), (nil, "../png"), (nil, ""), (nil, "p.ng")])
    func `refuses a digest or an extension that is none`(digest: String?, ext: String) async throws {
        let served = try ServedFolder()
        var blob = try TestBlob()
        blob.item.sha256 = digest ?? blob.item.sha256
        blob.item.ext = ext
        let item = blob.item
        await #expect(throws: RemoteError.self) { _ = try await served.remote.upload(item) }
        #expect(!FileManager.default.fileExists(atPath: served.temporary.path + "/srv"))
    }

    @Test func `gives no address without a base`() async throws {
        let served = try ServedFolder(base: nil)
        let blob = try TestBlob()
        // The place below the folder is all that names the copy.
        #expect(try await served.remote.upload(blob.item) == RemoteCopy(id: blob.copyName, url: nil))
        #expect(served.files() == [blob.copyName])
        #expect(!served.remote.canPublish)
        #expect(!served.remote.owns("https://cdn.example/pictures/\(blob.copyName)"))
        #expect(served.remote.currentURL(bookID: "b1", sha256: blob.item.sha256, ext: "png") == nil)
        #expect(
            await served.remote.presence(of: "https://x.example/y", id: nil, sha256: blob.item.sha256, size: 9)
                == .unknown(.notOurs(url: "https://x.example/y")))
    }

    // MARK: Presence

    @Test(arguments: ["A picture", "a picturE", "a longer picture", ""])
    func `says when other bytes stand at the address, and puts the right ones there`(other: String) async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        try served.temporary.write(other, to: "srv/" + blob.copyName)
        let url = try #require(served.remote.currentURL(bookID: "b1", sha256: blob.item.sha256, ext: "png"))
        let presence = await served.remote.presence(of: url, id: nil, sha256: blob.item.sha256, size: blob.item.size)
        guard case .different = presence else {
            Issue.record("\(presence)")
            return
        }
        #expect(try await served.remote.upload(blob.item).url == url)
        #expect(try served.temporary.read("srv/" + blob.copyName) == blob.bytes)
        #expect(served.files() == [blob.copyName])
    }

    @Test func `leaves a copy that stands alone`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        _ = try await served.remote.upload(blob.item)
        let before = try served.status(blob.copyName)
        _ = try await served.remote.upload(blob.item)
        #expect(try served.status(blob.copyName) == before)
    }

    // MARK: The blob

    @Test func `refuses a blob that has not its digest`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        try blob.temporary.write("b picture", to: "original.png")
        await #expect(throws: RemoteError.damaged(path: blob.item.path)) {
            _ = try await served.remote.upload(blob.item)
        }
        #expect(served.files() == [])
    }

    @Test func `makes a copy, never a second name`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob()
        _ = try await served.remote.upload(blob.item)
        let original = try #require(try blob.temporary.folder().status(of: "original.png"))
        let copy = try #require(try served.status(blob.copyName))
        #expect(original.linkCount == 1 && copy.linkCount == 1)
        #expect(original.inode != copy.inode)
    }

    @Test func `copies a blob of many parts`() async throws {
        let served = try ServedFolder()
        let blob = try TestBlob((0..<(5 << 19) + 7).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let url = try #require(try await served.remote.upload(blob.item).url)
        #expect(try await served.remote.download(url, maxBytes: blob.bytes.count) == blob.bytes)
        #expect(
            await served.remote.presence(of: url, id: nil, sha256: blob.item.sha256, size: blob.item.size) == .present)
    }

    // MARK: Modes

    @Test(arguments: [
        (0o022, 0o644, 0o755), (0o002, 0o644, 0o755), (0o077, 0o600, 0o700), (0o000, 0o644, 0o755),
        (0o777, 0o600, 0o700),
    ])
    func `gives readers' modes less the umask`(umask: UInt32, file: UInt32, folder: UInt32) async throws {
        let served = try ServedFolder(umask: umask)
        let blob = try TestBlob()
        chmod(blob.item.path, 0o400)
        _ = try await served.remote.upload(blob.item)
        #expect(try served.status(blob.copyName)?.mode == file)
        #expect(try served.status("b1")?.mode == folder)
        #expect(try served.temporary.folder().status(of: "srv")?.mode == folder)
    }

    // MARK: Probing

    @Test func `can be used where its folder can be made`() async throws {
        let temporary = try TemporaryFolder()
        let remote = FolderRemote(
            path: temporary.path + "/a/b/c", base: nil, threads: TransferThreads(count: 1))
        try await remote.probe()
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
        let blob = try TestBlob()
        _ = try await remote.upload(blob.item)
        #expect(try temporary.read("a/b/c/" + blob.copyName) == blob.bytes)
    }

    @Test(arguments: ["srv", "srv/below/it"])
    func `cannot be used where a file stands in the way`(path: String) async throws {
        let temporary = try TemporaryFolder()
        try temporary.write("a file", to: "srv")
        let remote = FolderRemote(
            path: temporary.path + "/" + path, base: nil, threads: TransferThreads(count: 1))
        await #expect(throws: RemoteError.self) { try await remote.probe() }
        let blob = try TestBlob()
        await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) }
        #expect(try temporary.read("srv") == Array("a file".utf8))
    }
}
