import Foundation
import Testing
import TipinFiles
import TipinSync
import TipinTestSupport

/// Symbolic links that somebody planted where tipin reads and writes.
struct FolderRemoteLinksTests {
    private let served: ServedFolder
    private let blob: TestBlob
    private let url: String

    init() throws {
        served = try ServedFolder()
        blob = try TestBlob()
        url = try #require(served.remote.currentURL(bookID: "b1", sha256: blob.item.sha256, ext: "png"))
        try served.temporary.write("a secret", to: "outside/secret")
        try served.temporary.write(blob.bytes, to: "outside/\(blob.item.sha256).png")
    }

    private func link(_ name: String, to target: String) throws {
        let path = served.temporary.path + "/srv/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: path, withDestinationPath: served.temporary.path + "/" + target)
    }

    private func presence() async -> RemotePresence {
        await served.remote.presence(of: url, id: nil, sha256: blob.item.sha256, size: blob.item.size)
    }

    @Test func `does not write through a book's folder that is a link`() async throws {
        try link("b1", to: "outside")
        await #expect(throws: RemoteError.self) { _ = try await served.remote.upload(blob.item) }
        let outside = try FileManager.default.contentsOfDirectory(atPath: served.temporary.path + "/outside")
        #expect(Set(outside) == ["secret", "\(blob.item.sha256).png"])
    }

    @Test func `does not read through a book's folder that is a link`() async throws {
        try link("b1", to: "outside")
        await #expect(throws: RemoteError.self) { _ = try await served.remote.download(url, maxBytes: 100) }
        guard case .unknown(.file) = await presence() else {
            Issue.record("\(await presence())")
            return
        }
    }

    @Test func `puts a file in the place of a link`() async throws {
        try link(blob.copyName, to: "outside/secret")
        #expect(await presence() == .different("it is not a regular file"))
        await #expect(throws: RemoteError.self) { _ = try await served.remote.download(url, maxBytes: 100) }
        _ = try await served.remote.upload(blob.item)
        #expect(try served.status(blob.copyName)?.kind == .regular)
        #expect(try served.temporary.read("outside/secret") == Array("a secret".utf8))
        #expect(await presence() == .present)
    }

    @Test func `does not take a link to the right bytes for a copy`() async throws {
        try link(blob.copyName, to: "outside/\(blob.item.sha256).png")
        _ = try await served.remote.upload(blob.item)
        #expect(try served.status(blob.copyName)?.kind == .regular)
    }

    @Test func `does not send a blob that is a link`() async throws {
        var item = blob.item
        item.path = blob.temporary.path + "/link.png"
        try FileManager.default.createSymbolicLink(atPath: item.path, withDestinationPath: blob.item.path)
        let linked = item
        await #expect(throws: RemoteError.self) { _ = try await served.remote.upload(linked) }
        #expect(served.files() == [])
    }

    @Test func `is itself reached through links`() async throws {
        try FileManager.default.createSymbolicLink(
            atPath: served.temporary.path + "/srv", withDestinationPath: served.temporary.path + "/outside")
        _ = try await served.remote.upload(blob.item)
        #expect(try served.temporary.read("outside/" + blob.copyName) == blob.bytes)
    }
}
