import Testing
import TipinDiagnostics
import TipinSync
import TipinTestSupport

struct LegacyFetcherTests {
    private static func fetcher(_ change: (inout LegacyPolicy) -> Void = { _ in }) -> LegacyFetcher {
        var policy = LegacyPolicy()
        policy.allowsPrivateHosts = true
        change(&policy)
        return LegacyFetcher(policy, threads: TransferThreads(count: 1))
    }

    private func error(
        _ server: StubServer, _ path: String = "/a.png", maxBytes: Int = 100
    ) async throws -> FetchError {
        try #require(
            await #expect(throws: FetchError.self) {
                _ = try await Self.fetcher().fetch(server.base + path, maxBytes: maxBytes)
            })
    }

    @Test func `fetches bytes`() async throws {
        let server = try StubServer { _ in
            StubResponse(headers: [(name: "Content-Type", value: "image/png")], body: [0, 1, 2, 255])
        }
        let fetched = try await Self.fetcher().fetch(server.base + "/a b.png?x=1#y", maxBytes: 4)
        #expect(fetched.bytes == [0, 1, 2, 255])
        #expect(fetched.finalURL == server.base + "/a%20b.png?x=1")
        #expect(fetched.contentType == "image/png")
    }

    @Test func `says nothing of the user`() async throws {
        let server = try StubServer { request in
            request.target == "/a"
                ? .redirect(to: "/b")
                : StubResponse(
                    headers: [(name: "Set-Cookie", value: "a=b")], text: "x")
        }
        let fetcher = Self.fetcher()
        for _ in 0..<2 { _ = try await fetcher.fetch(server.base + "/a", maxBytes: 100) }
        #expect(server.requests.count == 4)
        for request in server.requests {
            #expect(request.method == "GET")
            let names = request.headers.map { $0.name.lowercased() }.sorted()
            #expect(names == ["accept", "host", "user-agent"])
            #expect(request.header("user-agent") == "tipin")
        }
    }

    // MARK: Redirects

    private static func chain(_ hops: Int) throws -> StubServer {
        try StubServer { request in
            let number = Int(request.target.dropFirst()) ?? 0
            return number < hops ? .redirect(to: "\(number + 1)") : StubResponse(text: "end")
        }
    }

    @Test(arguments: [0, 1, 2, 3])
    func `follows three redirects`(hops: Int) async throws {
        let server = try Self.chain(hops)
        let fetched = try await Self.fetcher().fetch(server.base + "/0", maxBytes: 3)
        #expect(fetched.bytes == Array("end".utf8))
        #expect(fetched.finalURL == server.base + "/\(hops)")
    }

    @Test(arguments: [4, 100])
    func `follows no fourth`(hops: Int) async throws {
        let server = try Self.chain(hops)
        #expect(try await error(server, "/0") == .tooManyRedirects(url: server.base + "/0"))
        #expect(server.requests.count == 4)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `follows each kind of redirect`(status: Int) async throws {
        let target = try StubServer { _ in StubResponse(text: "x") }
        let server = try StubServer { [base = target.base] _ in .redirect(to: base + "/b", status: status) }
        #expect(try await Self.fetcher().fetch(server.base, maxBytes: 1).finalURL == target.base + "/b")
    }

    @Test(
        arguments: [
            ("ftp://h/a", .refusedURL(.scheme("ftp"))), ("file:///etc/passwd", .refusedURL(.scheme("file"))),
            ("gopher://h/", .refusedURL(.scheme("gopher"))), ("http://u:p@h/", .refusedURL(.userInfo)),
            ("http://a b/", .refusedURL(.malformed)), ("dict://h:6379/x", .refusedURL(.scheme("dict"))),
        ] as [(String, FetchError)])
    func `does not follow to what is no web address`(location: String, expected: FetchError) async throws {
        let server = try StubServer { _ in .redirect(to: location) }
        #expect(try await error(server) == expected)
    }

    @Test func `takes a redirect that leads nowhere for an answer`() async throws {
        let server = try StubServer { _ in StubResponse(302) }
        #expect(try await error(server) == .status(302, url: server.base + "/a.png"))
    }

    // MARK: Sizes

    @Test func `takes as many bytes as allowed`() async throws {
        let server = try StubServer { _ in StubResponse(body: Array(repeating: 7, count: 100_000)) }
        #expect(try await Self.fetcher().fetch(server.base, maxBytes: 100_000).bytes.count == 100_000)
        #expect(try await error(server, maxBytes: 99_999) == .tooLarge(limit: 99_999))
    }

    @Test func `ends a body of untold length one byte after the limit`() async throws {
        let server = try StubServer { _ in
            var response = StubResponse(body: Array(repeating: 7, count: 2 << 20))
            response.announcesLength = false
            return response
        }
        #expect(try await error(server, maxBytes: 1 << 20) == .tooLarge(limit: 1 << 20))
    }

    @Test func `ends a chunked body at the limit`() async throws {
        let server = try StubServer { _ in
            .raw(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: "a\r\n0123456789\r\n", count: 11) + "0\r\n\r\n")
        }
        #expect(try await error(server, maxBytes: 109) == .tooLarge(limit: 109))
        #expect(try await Self.fetcher().fetch(server.base, maxBytes: 110).bytes.count == 110)
    }

    @Test func `unpacks nothing`() async throws {
        let packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let server = try StubServer { _ in
            StubResponse(headers: [(name: "Content-Encoding", value: "gzip")], body: packed)
        }
        #expect(try await Self.fetcher().fetch(server.base, maxBytes: 100).bytes == packed)
    }

    // MARK: Bad answers

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 5\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Le", "", "HTTP/1.1 200 OK\r\n", "<html>old</html>",
    ])
    func `takes a broken answer for a passing fault`(answer: String) async throws {
        let server = try StubServer { _ in .raw(answer) }
        let error = try await error(server)
        #expect(error.isTransient, "\(error)")
        #expect(error.problem.code == .fetchFailed)
    }

    @Test func `refuses a length that is none`() async throws {
        let server = try StubServer { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\na") }
        #expect(try await error(server).problem.code == .fetchFailed)
    }

    @Test func `takes a connection that is reset for a passing fault`() async throws {
        let server = try StubServer { _ in
            var response = StubResponse(text: "0123456789")
            response.cutAfter = 60
            response.ending = .reset
            return response
        }
        #expect(try await error(server).isTransient)
    }

    @Test(arguments: [
        (201, false), (204, false), (206, false), (304, false), (400, false), (401, false), (403, false),
        (404, false), (408, true), (410, false), (418, false), (425, true), (429, true), (500, true), (502, true),
        (503, true), (504, true), (507, true),
    ])
    func `takes status 200 alone`(status: Int, isTransient: Bool) async throws {
        let server = try StubServer { _ in StubResponse(status) }
        let error = try await error(server)
        #expect(error == .status(status, url: server.base + "/a.png"))
        #expect(error.isTransient == isTransient)
        #expect(error.problem.isTransient == isTransient)
        #expect(error.problem.code == ([404, 410].contains(status) ? .assetGone : .fetchFailed))
    }

    @Test func `does not wait beyond its time`() async throws {
        let server = try StubServer { _ in Self.silence }
        let fetcher = Self.fetcher { $0.maxSeconds = 1 }
        let error = try #require(
            await #expect(throws: FetchError.self) { _ = try await fetcher.fetch(server.base, maxBytes: 1) })
        guard case .transfer(code: 28, _, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.isTransient)
    }

    private static var silence: StubResponse {
        var response = StubResponse.dropped
        response.ending = .silent
        return response
    }

    @Test func `ends when its task is cancelled`() async throws {
        let server = try StubServer { _ in Self.silence }
        let task = Task { [base = server.base] in
            // Longer than a busy machine takes to get to the cancelling.
            try await Self.fetcher { $0.maxSeconds = 3600 }.fetch(base, maxBytes: 1)
        }
        #expect(try await eventually { !server.requests.isEmpty })
        task.cancel()
        let error = await #expect(throws: FetchError.self) { _ = try await task.value }
        #expect(error == .cancelled)
        // A server that nobody holds any more closes its connections.
        withExtendedLifetime(server) {}
    }
}
