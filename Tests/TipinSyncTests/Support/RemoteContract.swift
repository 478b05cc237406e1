import Testing
import TipinSync
import TipinTestSupport

/// What every remote promises, checked on one that is empty.
struct RemoteContract {
    let remote: any Remote
    /// Addresses that look like the remote's and are not.
    let foreignURLs: [String]
    /// How many copies the remote keeps.
    let copyCount: () async throws -> Int
    /// Takes a copy away behind the remote's back.
    let remove: (RemoteCopy) async throws -> Void

    func check() async throws {
        try await remote.probe()
        let blob = try TestBlob()
        let copy = try await checkUploading(blob)
        try await checkAddresses(blob, copy)
        try await checkOtherBytes(blob)
        try await remove(copy)
        #expect(await presence(of: copy, blob) == .missing)
        #expect(await comparison(of: copy, blob) == .missing)
        await expect(.missing(url: copy.url ?? ""), download: copy.url ?? "", maxBytes: 100)
    }

    private func checkUploading(_ blob: TestBlob) async throws -> RemoteCopy {
        let copy = try await remote.upload(blob.item)
        #expect(await presence(of: copy, blob) == .present)
        #expect(await comparison(of: copy, blob) == .present)
        for size in [1, blob.bytes.count - 1, blob.bytes.count + 1, 1 << 44, 0] {
            var told = blob
            told.item.size = size
            #expect(await presence(of: copy, told) == .present, "the size is told as \(size)")
            #expect(await comparison(of: copy, told) == .present, "the size is told as \(size)")
        }
        #expect(try await remote.download(copy.url ?? "", maxBytes: blob.bytes.count) == blob.bytes)
        #expect(try await remote.upload(blob.item) == copy)
        #expect(try await copyCount() == 1)
        await expect(
            .tooLarge(limit: blob.bytes.count - 1), download: copy.url ?? "", maxBytes: blob.bytes.count - 1)
        return copy
    }

    private func checkAddresses(_ blob: TestBlob, _ copy: RemoteCopy) async throws {
        let url = try #require(copy.url)
        #expect(remote.canPublish)
        #expect(remote.owns(url))
        let current = remote.currentURL(bookID: blob.item.bookID, sha256: blob.item.sha256, ext: blob.item.ext)
        #expect(current == nil || current == url)
        let own = try WebURL(url)
        let (host, path) = (own.host, own.path)
        let scheme = own.scheme == "https" ? "http" : "https"
        let always = [
            "", "/", path, "https:\(path)", "https://evil.example\(path)",
            "\(own.scheme)://\(host).evil.example\(path)",
            "\(own.scheme)://\(host):\(own.port)@evil.example\(path)", "\(own.scheme)://me@\(host):\(own.port)\(path)",
            "\(own.scheme)://\(host):\(own.port - 1)\(path)", "\(scheme)://\(host):\(own.port)\(path)",
            "ftp://\(host):\(own.port)\(path)", "https://evil.example/?\(url)", "https://evil.example/\(url)",
            "//\(host):\(own.port)\(path)", "file:///etc/passwd", "data:image/png;base64,AAAA",
        ]
        for foreign in always + foreignURLs {
            #expect(!remote.owns(foreign), "'\(foreign)'")
            await expect(.notOurs(url: foreign), download: foreign, maxBytes: 100)
        }
    }

    private func checkOtherBytes(_ blob: TestBlob) async throws {
        let other = try TestBlob("another picture", book: "b1")
        let sameInOtherBook = try TestBlob(blob.bytes, book: "b2")
        let copies = [try await remote.upload(other.item), try await remote.upload(sameInOtherBook.item)]
        #expect(Set(copies.map(\.url)).count == 2)
        #expect(try await copyCount() == 3)
        for copy in copies { try await remove(copy) }
    }

    private func presence(of copy: RemoteCopy, _ blob: TestBlob) async -> RemotePresence {
        await remote.presence(of: copy.url ?? "", id: copy.id, sha256: blob.item.sha256, size: blob.item.size)
    }

    private func comparison(of copy: RemoteCopy, _ blob: TestBlob) async -> RemotePresence {
        await remote.comparison(of: copy.url ?? "", id: copy.id, sha256: blob.item.sha256, size: blob.item.size)
    }

    private func expect(_ error: RemoteError, download url: String, maxBytes: Int) async {
        await #expect(throws: error) { _ = try await remote.download(url, maxBytes: maxBytes) }
    }
}
