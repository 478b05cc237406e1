import Testing
import TipinSync
import TipinTestSupport

struct HTTPRemoteTests {
    @Test(arguments: [
        ("https://h", "https://h"), ("https://H:443/", "https://h"), ("http://h:8080/api/", "http://h:8080/api"),
        ("https://h/a/../b", "https://h/b"),
    ])
    func `is remembered under its origin and prefix`(base: String, name: String) throws {
        #expect(try HTTPRemote(at: base).name.rawValue == name)
    }

    @Test(arguments: [
        ("https://api.example/files/1", true), ("https://API.example:443/x", true), ("https://api.example", true),
        ("https://cdn.example/x", true), ("http://media.example:8080/x", true), ("https://plain.example/x", true),
        ("http://api.example/x", false), ("https://api.example:444/x", false), ("http://cdn.example/x", false),
        ("https://media.example:8080/x", false), ("http://media.example/x", false), ("http://plain.example/x", false),
        ("https://api.example.evil.example/", false), ("https://user@api.example/x", false), ("/files/1", false),
        ("//api.example/x", false), ("", false),
    ])
    func `owns the addresses of its origins`(url: String, expected: Bool) throws {
        let remote = try HTTPRemote(at: "https://api.example/prefix") {
            $0.hosts = ["https://cdn.example", "http://media.example:8080", "plain.example", "ftp://no.example"]
        }
        #expect(remote.owns(url) == expected)
        #expect(remote.canPublish)
        #expect(remote.currentURL(bookID: "b", sha256: "0", ext: "png") == nil)
    }

    // MARK: Probing

    @Test(arguments: [200, 204, 301, 400, 401, 403, 404, 405, 429, 501])
    func `is content with a server that answers`(status: Int) async throws {
        let server = try StubServer { _ in StubResponse(status) }
        try await HTTPRemote(at: server.base).probe()
        #expect(server.requests.map(\.method) == ["HEAD"])
    }

    @Test(
        arguments: [
            (500, .status(500, words: "")), (502, .status(502, words: "")), (503, .status(503, words: "")),
        ] as [(Int, RemoteError)])
    func `is not content with a server that fails`(status: Int, expected: RemoteError) async throws {
        let server = try StubServer { _ in StubResponse(status) }
        let remote = try HTTPRemote(at: server.base)
        await #expect(throws: expected) { try await remote.probe() }
    }

    @Test func `says when nobody listens`() async throws {
        let remote = try HTTPRemote(at: "http://127.0.0.1:1")
        let error = await #expect(throws: RemoteError.self) { try await remote.probe() }
        guard case .notReachable("http://127.0.0.1:1/", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
