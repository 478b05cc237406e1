import Testing
import TipinSync
import TipinTestSupport

struct HTTPRemoteReadingTests {
    private static let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    /// Of a picture whose bytes are `abc`.
    private func presence(
        _ size: Int = 3, _ answer: @escaping @Sendable (StubRequest) -> StubResponse
    ) async throws -> RemotePresence {
        let server = try StubServer(answer)
        return try await HTTPRemote(at: server.base).presence(
            of: server.base + "/files/1", id: nil, sha256: Self.digest, size: size)
    }

    // MARK: Presence

    @Test(arguments: [(200, .present), (404, .missing), (410, .missing)] as [(Int, RemotePresence)])
    func `knows by the status what is there`(status: Int, expected: RemotePresence) async throws {
        #expect(try await presence { _ in StubResponse(status, text: "abc") } == expected)
    }

    @Test(arguments: [400, 403, 429, 500, 503])
    func `does not know where the server does not say`(status: Int) async throws {
        #expect(try await presence { _ in StubResponse(status) } == .unknown(.status(status, words: "")))
    }

    @Test func `does not know where the token is not accepted`() async throws {
        #expect(try await presence { _ in StubResponse(401) } == .unknown(.unauthorised))
    }

    @Test(arguments: [405, 501])
    func `asks for a byte where HEAD is not known`(status: Int) async throws {
        let server = try StubServer { request in
            if request.method == "HEAD" { return StubResponse(status) }
            guard request.header("range") == "bytes=0-0" else { return StubResponse(text: "abc") }
            return StubResponse(206, headers: [(name: "Content-Range", value: "bytes 0-0/3")], text: "a")
        }
        let remote = try HTTPRemote(at: server.base)
        let url = server.base + "/files/1"
        #expect(await remote.presence(of: url, id: nil, sha256: "0", size: 3) == .present)
        #expect(
            await remote.presence(of: url, id: nil, sha256: "0", size: 4) == .different("it has 3 bytes instead of 4"))
        // Another length than is known may be the right one: the bytes tell.
        #expect(server.requests.map(\.method) == ["HEAD", "GET", "HEAD", "GET", "GET"])
    }

    @Test func `reads everything where ranges are not known`() async throws {
        let answer: @Sendable (StubRequest) -> StubResponse = { request in
            request.method == "HEAD" ? StubResponse(405) : StubResponse(text: "abc")
        }
        for size in [2, 3, 4] { #expect(try await presence(size, answer) == .present) }
        let other = try await presence(4) { request in
            request.method == "HEAD" ? StubResponse(405) : StubResponse(text: "abd")
        }
        #expect(other == .different("it has 3 bytes instead of 4"))
    }

    @Test func `lets the bytes decide where another length is told than is known`() async throws {
        #expect(try await presence(4) { _ in StubResponse(text: "abc") } == .present)
        #expect(try await presence(4) { _ in StubResponse(text: "abd") } == .different("it has 3 bytes instead of 4"))
    }

    /// Heads of answers that a page which says something else could have too.
    static let unclear = [
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        // Some servers say so where they would have to make the body first.
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n",
    ]

    @Test(arguments: unclear, [("abc", true), ("<p>", false), ("<html>", false), ("", false)])
    func `compares the bytes where the head could be another page's`(
        head: String, answer: (body: String, isThere: Bool)
    ) async throws {
        let presence = try await presence { request in
            request.method == "HEAD" ? .raw(head) : StubResponse(text: answer.body)
        }
        #expect((presence == .present) == answer.isThere, "\(presence)")
        if !answer.isThere { #expect(presence.absence(at: "") != nil, "\(presence)") }
    }

    @Test func `compares the bytes where it is asked to, whatever the head says`() async throws {
        for (body, isThere) in [("abc", true), ("abd", false), ("abcd", false)] {
            let server = try StubServer { _ in
                StubResponse(headers: [(name: "Content-Type", value: "image/png")], text: body)
            }
            let remote = try HTTPRemote(at: server.base)
            let presence = await remote.comparison(
                of: server.base + "/files/1", id: nil, sha256: Self.digest, size: 3)
            #expect((presence == .present) == isThere, "\(presence)")
            #expect(server.requests.map(\.method) == ["GET"])
        }
        let gone = try StubServer { _ in StubResponse(404) }
        let presence = try await HTTPRemote(at: gone.base).comparison(
            of: gone.base + "/x", id: nil, sha256: Self.digest, size: 3)
        #expect(presence == .missing)
    }

    @Test func `does not know what nobody answers`() async throws {
        let presence = try await HTTPRemote(at: "http://127.0.0.1:1").presence(
            of: "http://127.0.0.1:1/files/1", id: nil, sha256: "0", size: 3)
        guard case .unknown(.notReachable) = presence else {
            Issue.record("\(presence)")
            return
        }
    }

    @Test func `looks where it is led`() async throws {
        let store = try StubServer { _ in StubResponse(text: "abc") }
        let led = try await presence { [base = store.base] _ in .redirect(to: base + "/x") }
        #expect(led == .present)
        #expect(store.requests.map(\.method) == ["HEAD"])
    }

    // MARK: Downloads

    @Test func `downloads what was uploaded`() async throws {
        let api = try StubBookAPI(token: "secret")
        let remote = try HTTPRemote(at: api.base, token: "secret")
        let blob = try TestBlob()
        let url = try #require(try await remote.upload(blob.item).url)
        #expect(try await remote.download(url, maxBytes: 100) == blob.bytes)
        await #expect(throws: RemoteError.tooLarge(limit: 3)) { _ = try await remote.download(url, maxBytes: 3) }
        api.answer(503, times: 1)
        await #expect(throws: RemoteError.status(503, words: "stub failure")) {
            _ = try await remote.download(url, maxBytes: 100)
        }
        #expect(try await remote.download(url, maxBytes: 100) == blob.bytes)
    }

    private func failure(_ answer: @escaping @Sendable (StubRequest) -> StubResponse) async throws -> RemoteError {
        let server = try StubServer(answer)
        let remote = try HTTPRemote(at: server.base)
        return try #require(
            await #expect(throws: RemoteError.self) {
                _ = try await remote.download(server.base + "/files/1", maxBytes: 100)
            })
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 10\r\n\r\nshort", "HTTP/1.1 200 OK\r\nConte", "",
    ])
    func `takes no body that was cut off`(answer: String) async throws {
        let failure = try await failure { _ in .raw(answer) }
        #expect(failure.isTransient, "\(failure)")
    }

    @Test(arguments: ["http://localhost:PORT/", "http://[::1]:PORT/", "http://10.0.0.1/", "http://nas.local/x"])
    func `is not led to other private hosts`(location: String) async throws {
        let inner = try StubServer { _ in StubResponse(text: "secret") }
        let target = location.replacing("PORT", with: "\(inner.port)")
        guard case .badReply = try await failure({ _ in .redirect(to: target) }) else {
            Issue.record("another error")
            return
        }
        #expect(inner.requests.isEmpty)
    }

    @Test func `is led to a private host that is named`() async throws {
        let store = try StubServer { _ in StubResponse(text: "abc") }
        let server = try StubServer { [port = store.port] _ in .redirect(to: "http://localhost:\(port)/x") }
        let remote = try HTTPRemote(at: server.base) { $0.hosts = ["http://localhost"] }
        #expect(try await remote.download(server.base + "/files/1", maxBytes: 3) == Array("abc".utf8))
    }

    @Test(arguments: ["ftp://h/a", "file:///etc/passwd", "http://u:p@h/", "http://a b/"])
    func `is not led to what is no web address`(location: String) async throws {
        guard case .badReply = try await failure({ _ in .redirect(to: location) }) else {
            Issue.record("another error")
            return
        }
    }

    @Test func `is not led in circles`() async throws {
        let failure = try await failure { _ in .redirect(to: "/files/1") }
        #expect(failure == .badReply(words: "it leads from one address to the next"))
    }
}
