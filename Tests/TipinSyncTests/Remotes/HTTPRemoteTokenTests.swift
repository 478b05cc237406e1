import Testing
import TipinDiagnostics
import TipinSync
import TipinTestSupport

struct HTTPRemoteTokenTests {
    private static let secret = "s3cr3t-t0k3n"

    /// The `Authorization` headers that came, in their order.
    private func authorizations(_ server: StubServer) -> [String?] {
        server.requests.map { $0.header("authorization") }
    }

    @Test(arguments: [
        ("/api/books/b1/files/1", true), ("/api/books/x", true), ("/media/1", true), ("/media/a/b?c", true),
        ("/files/1", false), ("/", false), ("/api/books", false), ("/api/booksellers/1", false),
        ("/mediation/1", false), ("/api/books/../../files/1", false), ("/api/books/%2e%2e/%2E%2E/files", false),
        ("/api/books/..%2f..%2ffiles", false), ("/x/../api/books/1", true), ("/api//books/1", false),
        ("/API/books/1", false),
    ])
    func `goes to the API's own paths alone`(path: String, expected: Bool) async throws {
        let server = try StubServer { _ in StubResponse(text: "abc") }
        let remote = try HTTPRemote(at: server.base, token: Self.secret) { $0.downloadPaths = ["media/"] }
        _ = try await remote.download(server.base + path, maxBytes: 3)
        _ = await remote.presence(of: server.base + path, id: nil, sha256: "0", size: 3)
        let header = expected ? "Bearer \(Self.secret)" : nil
        #expect(authorizations(server) == [header, header])
    }

    @Test func `goes below the prefix alone`() async throws {
        let server = try StubServer { _ in StubResponse(text: "abc") }
        let remote = try HTTPRemote(at: server.base + "/p/", token: Self.secret)
        for path in ["/api/books/1", "/p/api/books/1"] {
            _ = try await remote.download(server.base + path, maxBytes: 3)
        }
        #expect(authorizations(server) == [nil, "Bearer \(Self.secret)"])
    }

    @Test func `goes to no other origin`() async throws {
        let cdn = try StubServer { _ in StubResponse(text: "abc") }
        let server = try StubServer { _ in StubResponse(404) }
        let remote = try HTTPRemote(at: server.base, token: Self.secret) { $0.hosts = [cdn.base] }
        let url = cdn.base + "/api/books/1"
        _ = try await remote.download(url, maxBytes: 3)
        _ = await remote.presence(of: url, id: nil, sha256: "0", size: 3)
        #expect(authorizations(cdn) == [nil, nil])
    }

    @Test func `never goes along a redirect`() async throws {
        let cdn = try StubServer { _ in StubResponse(text: "abc") }
        let server = try StubServer { [base = cdn.base] request in
            switch request.target {
            case "/api/books/here": .redirect(to: "/api/books/there")
            case "/api/books/out": .redirect(to: base + "/api/books/x")
            default: StubResponse(text: "abc")
            }
        }
        let remote = try HTTPRemote(at: server.base, token: Self.secret)
        for name in ["here", "out"] { _ = try await remote.download(server.base + "/api/books/\(name)", maxBytes: 3) }
        let bearer = "Bearer \(Self.secret)"
        #expect(authorizations(server) == [bearer, nil, bearer])
        #expect(authorizations(cdn) == [nil])
    }

    @Test func `does not go to the base that is probed`() async throws {
        let server = try StubServer { _ in StubResponse() }
        try await HTTPRemote(at: server.base, token: Self.secret).probe()
        #expect(authorizations(server) == [nil])
    }

    @Test func `is not repeated in messages`() async throws {
        let server = try StubServer { request in
            StubResponse(500, text: "you sent \(request.header("authorization") ?? "nothing"), and it failed")
        }
        let remote = try HTTPRemote(at: server.base, token: Self.secret)
        let blob = try TestBlob()
        let error = try #require(
            await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) })
        #expect(error == .status(500, words: "you sent Bearer …, and it failed"))
        #expect(!"\(error.problem(while: .uploading))".contains(Self.secret))
    }

    @Test(arguments: ["a\u{1}b", "a b", "a\r\nX-Evil: 1", "ü"])
    func `is not sent where it would be more than a token`(token: String) async throws {
        let api = try StubBookAPI()
        let remote = try HTTPRemote(at: api.base, token: token)
        let blob = try TestBlob()
        await #expect(throws: RemoteError.unauthorised) { _ = try await remote.upload(blob.item) }
        #expect(api.requests.isEmpty)
    }

    @Test(arguments: ["", " \n"])
    func `is nothing where it is empty`(token: String) async throws {
        let api = try StubBookAPI()
        let blob = try TestBlob()
        _ = try await HTTPRemote(at: api.base, token: token).upload(blob.item)
        #expect(api.uploads.map { $0.headers["authorization"] } == [nil])
    }
}
