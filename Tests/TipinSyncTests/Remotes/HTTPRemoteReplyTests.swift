import Testing
import TipinSync
import TipinTestSupport

struct HTTPRemoteReplyTests {
    private func error(_ server: StubServer) async throws -> RemoteError {
        let remote = try HTTPRemote(at: server.base)
        let blob = try TestBlob()
        return try #require(
            await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) })
    }

    @Test(arguments: [
        ("/files/1", "BASE/files/1"), ("files/1", "BASE/p/files/1"), ("./files/1#x", "BASE/p/files/1"),
        ("https://CDN.example:443/a b?x=1", "https://cdn.example/a%20b?x=1"),
        ("//cdn.example/1", "http://cdn.example/1"),
    ])
    func `resolves the address against the remote`(told: String, expected: String) async throws {
        let server = try StubServer { _ in StubResponse(201, text: #"{"id":"1","downloadUrl":"\#(told)"}"#) }
        let blob = try TestBlob()
        let copy = try await HTTPRemote(at: server.base + "/p").upload(blob.item)
        #expect(copy.url == expected.replacing("BASE", with: server.base))
        #expect(server.requests.map(\.target) == ["/p/api/books/b1/files"])
    }

    @Test func `takes the stub's relative addresses`() async throws {
        let api = try StubBookAPI(tellsRelativeURLs: true)
        let blob = try TestBlob()
        let copy = try await HTTPRemote(at: api.base).upload(blob.item)
        #expect(copy.url == api.base + "/files/remote-1")
    }

    @Test(arguments: [
        "", "<html>welcome</html>", "[]", "{}", "null", #""id""#, #"{"id":"1"}"#, #"{"downloadUrl":"/a"}"#,
        #"{"id":1,"downloadUrl":"/a"}"#, #"{"id":"","downloadUrl":"/a"}"#, #"{"id":"1","downloadUrl":null}"#,
        #"{"id":"1","downloadUrl":""}"#, #"{"id":"1","downloadUrl":"ftp://h/a"}"#,
        #"{"id":"1","downloadUrl":"http://u:p@h/a"}"#, #"{"id":"1","downloadUrl":"javascript:alert(1)"}"#,
        #"{"id":"1","downloadUrl":"/a\n"}"#, #"{"id":"1","downloadUrl":"data:image/png;base64,AAAA"}"#,
        #"{"id":"1","downloadUrl":"/a","sha256":"00"}"#, #"{"id":"1","downloadUrl":"/a""#,
    ])
    func `does not take a reply that says too little`(reply: String) async throws {
        for status in [200, 201] {
            let error = try await error(try StubServer { _ in StubResponse(status, text: reply) })
            guard case .badReply = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(!error.isTransient)
        }
    }

    @Test func `does not read an endless reply`() async throws {
        let server = try StubServer { _ in
            StubResponse(text: #"{"id":"1","downloadUrl":"/a","x":""# + String(repeating: "x", count: 2 << 20) + "\"}")
        }
        #expect(try await error(server) == .badReply(words: "it has more than 1048576 bytes"))
    }

    @Test(arguments: [202, 203, 204, 206])
    func `takes 200 and 201 alone for success`(status: Int) async throws {
        let server = try StubServer { _ in StubResponse(status, text: #"{"id":"1","downloadUrl":"/a"}"#) }
        guard case .status(status, _, _) = try await error(server) else {
            Issue.record("another error")
            return
        }
    }

    @Test func `takes bytes that are there already for sent`() async throws {
        let server = try StubServer { _ in StubResponse(409, text: #"{"id":"7","downloadUrl":"/a"}"#) }
        let blob = try TestBlob()
        let copy = try await HTTPRemote(at: server.base).upload(blob.item)
        #expect(copy == RemoteCopy(id: "7", url: server.base + "/a"))
    }

    @Test(arguments: [#"{"id":"7","downloadUrl":"/a","sha256":"00"}"#, "conflict", #"{"error":"exists"}"#])
    func `does not take other bytes for sent`(reply: String) async throws {
        let server = try StubServer { _ in StubResponse(409, text: reply) }
        let error = try await error(server)
        #expect(error == .status(409, words: reply))
        #expect(!error.isTransient)
    }

    @Test(arguments: [
        (408, true), (425, true), (429, true), (500, true), (502, true), (503, true), (504, true), (507, true),
        (400, false), (403, false), (404, false), (410, false), (413, false), (415, false), (422, false),
        (301, false), (302, false), (303, false), (307, false), (308, false),
    ])
    func `tells what may be tried again`(status: Int, isTransient: Bool) async throws {
        let server = try StubServer { _ in StubResponse(status, text: "because") }
        let error = try await error(server)
        #expect(error == .status(status, words: "because"))
        #expect(error.isTransient == isTransient)
        #expect(server.requests.count == 1)
    }

    @Test func `knows a token that is not accepted`() async throws {
        let api = try StubBookAPI(token: "secret")
        let blob = try TestBlob()
        for token in [nil, "wrong"] {
            let remote = try HTTPRemote(at: api.base, token: token)
            await #expect(throws: RemoteError.unauthorised) { _ = try await remote.upload(blob.item) }
        }
        #expect(api.uploads.isEmpty)
    }

    @Test(
        arguments: [
            ("3", 3), ("0", 0), ("1000000000", 1_000_000_000), ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
            ("Sun, 06 Nov 1994 08:49:07 GMT", 0), ("-1", nil), ("soon", nil), ("", nil), ("1.5", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:47 GMT", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func `reads how long it is to wait`(told: String, seconds: Int?) async throws {
        let server = try StubServer { _ in
            StubResponse(
                503,
                headers: [
                    (name: "Retry-After", value: told), (name: "Date", value: "Sun, 06 Nov 1994 08:49:37 GMT"),
                ])
        }
        #expect(try await error(server).retryAfterSeconds == seconds)
    }

    @Test func `hears a refusal that comes before all is sent`() async throws {
        let server = try StubServer(maxBodyBytes: 1000) { _ in StubResponse() }
        let remote = try HTTPRemote(at: server.base)
        let blob = try TestBlob(Array(repeating: 1, count: 4 << 20))
        let error = await #expect(throws: RemoteError.self) { _ = try await remote.upload(blob.item) }
        #expect(error == .status(413, words: "too much"))
    }

    @Test(arguments: [0, 5, 30])
    func `takes a connection that breaks for a passing fault`(cutAfter: Int) async throws {
        for ending in [StubResponse.Ending.closed, .reset] {
            let server = try StubServer { _ in
                var response = StubResponse(text: #"{"id":"1","downloadUrl":"/a"}"#)
                (response.cutAfter, response.ending) = (cutAfter, ending)
                return response
            }
            let error = try await error(server)
            #expect(error.isTransient, "\(error)")
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `never follows a redirect with an upload`(status: Int) async throws {
        let other = try StubServer { _ in StubResponse(text: #"{"id":"1","downloadUrl":"/a"}"#) }
        let server = try StubServer { [base = other.base] _ in
            .redirect(to: base + "/api/books/b1/files", status: status)
        }
        #expect(try await error(server) == .status(status, words: ""))
        #expect(other.requests.isEmpty)
    }
}
