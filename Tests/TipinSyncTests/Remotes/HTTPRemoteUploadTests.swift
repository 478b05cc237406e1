import Testing
import TipinFiles
import TipinSync
import TipinTestSupport

struct HTTPRemoteUploadTests {
    @Test func `sends the form of the API`() async throws {
        let api = try StubBookAPI(token: "secret")
        var blob = try TestBlob([0, 255, 13, 10, 45, 45])
        blob.item.tags = ["cover", "gallery"]
        blob.item.description = "a \"b\"\r\nContent-Type: ü"
        let copy = try await HTTPRemote(at: api.base, token: "secret\n").upload(blob.item)
        let upload = try #require(api.uploads.first)
        #expect(copy == RemoteCopy(id: upload.id, url: api.base + upload.path))
        #expect(upload.bookID == "b1")
        #expect(upload.fileName == "\(blob.item.sha256).png")
        #expect(upload.mime == "image/png")
        #expect(upload.bytes == blob.bytes)
        #expect(upload.tags == ["cover", "gallery"])
        #expect(upload.description == blob.item.description)
        #expect(upload.headers["authorization"] == "Bearer secret")
        #expect(upload.headers["expect"] == nil)
        #expect(upload.headers["content-length"] != nil)
        #expect(api.requests.map(\.target) == ["/api/books/b1/files"])
    }

    @Test func `sends no description where there is none`() async throws {
        let api = try StubBookAPI()
        let blob = try TestBlob()
        _ = try await HTTPRemote(at: api.base).upload(blob.item)
        #expect(api.uploads.map(\.description) == [nil])
        #expect(api.uploads.map { $0.headers["authorization"] } == [nil])
    }

    @Test(arguments: ["a b", "a/b?c#d", "%2e", "%2E%2E", "...", "ü", "a\r\nX: y", "b.1"])
    func `writes a book's id as one segment`(book: String) async throws {
        let api = try StubBookAPI(token: "secret")
        let blob = try TestBlob("x", book: book)
        _ = try await HTTPRemote(at: api.base, token: "secret").upload(blob.item)
        #expect(api.uploads.map(\.bookID) == [book])
    }

    @Test(arguments: ["", ".", "..", "../x", "a/../b", "a\\..\\b", "/.."])
    func `has no address for a book whose id leads elsewhere`(book: String) async throws {
        let api = try StubBookAPI()
        let remote = try HTTPRemote(at: api.base)
        let blob = try TestBlob("x", book: book)
        let error = await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) }
        guard case .notOurs = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(api.requests.isEmpty)
    }

    @Test func `sends a type that would be a header as bytes`() async throws {
        let api = try StubBookAPI()
        var blob = try TestBlob()
        blob.item.mime = "image/png\r\nX-Evil: 1"
        _ = try await HTTPRemote(at: api.base).upload(blob.item)
        #expect(api.uploads.map(\.mime) == ["application/octet-stream"])
    }

    @Test func `sends many bytes`() async throws {
        let api = try StubBookAPI()
        let blob = try TestBlob((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let remote = try HTTPRemote(at: api.base)
        let copy = try await remote.upload(blob.item)
        #expect(api.uploads.map { $0.bytes == blob.bytes } == [true])
        // More than an answer to a question may have.
        let url = try #require(copy.url)
        #expect(
            await remote.presence(of: url, id: copy.id, sha256: blob.item.sha256, size: blob.bytes.count) == .present)
    }

    @Test func `has the same key for each try and another for each book`() async throws {
        let server = try StubServer { _ in StubResponse(500) }
        let remote = try HTTPRemote(at: server.base)
        let blob = try TestBlob()
        for other in [blob, blob, try TestBlob(blob.bytes, book: "b2"), try TestBlob("other")] {
            _ = try? await remote.upload(other.item)
        }
        let keys = server.requests.map { $0.header("idempotency-key") ?? "" }
        #expect(keys[0] == SHA256Hex.digest(of: Array("b1\0\(blob.item.sha256)".utf8)))
        #expect(keys[0] == keys[1])
        #expect(Set(keys).count == 3)
    }

    @Test func `makes no second copy where an answer got lost`() async throws {
        let api = try StubBookAPI()
        let remote = try HTTPRemote(at: api.base)
        let blob = try TestBlob()
        api.dropNextReply()
        let error = await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) }
        #expect(error?.isTransient == true)
        let copy = try await remote.upload(blob.item)
        #expect(api.uploads.map(\.id) == [copy.id])
        #expect(api.requests.count == 2)
    }

    // MARK: The blob

    @Test(arguments: ["another picture", "a", "", "b picture"])
    func `sends nothing that has not its digest`(text: String) async throws {
        let api = try StubBookAPI()
        let remote = try HTTPRemote(at: api.base)
        let blob = try TestBlob("a picture")
        try blob.temporary.write(text, to: "original.png")
        await #expect(throws: RemoteError.damaged(path: blob.item.path)) { _ = try await remote.upload(blob.item) }
        #expect(api.requests.isEmpty)
    }

    @Test func `sends nothing where the blob is missing`() async throws {
        let api = try StubBookAPI()
        let remote = try HTTPRemote(at: api.base)
        var blob = try TestBlob()
        blob.item.path += ".gone"
        let error = await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) }
        guard case .file(let failure) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.isMissing)
        #expect(api.requests.isEmpty)
    }

    @Test func `ends when its task is cancelled`() async throws {
        let server = try StubServer { _ in
            var response = StubResponse.dropped
            response.ending = .silent
            return response
        }
        let remote = try HTTPRemote(at: server.base)
        let blob = try TestBlob()
        let task = Task { try await remote.upload(blob.item) }
        #expect(try await eventually { !server.requests.isEmpty })
        task.cancel()
        await #expect(throws: RemoteError.cancelled) { _ = try await task.value }
        // A server that nobody holds any more closes its connections.
        withExtendedLifetime(server) {}
    }
}
