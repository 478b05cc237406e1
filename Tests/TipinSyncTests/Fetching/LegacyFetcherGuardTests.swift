import Glibc
import Testing
import TipinTestSupport

@testable import TipinSync

struct LegacyFetcherGuardTests {
    private static func fetcher(_ change: (inout LegacyPolicy) -> Void = { _ in }) -> LegacyFetcher {
        var policy = LegacyPolicy()
        change(&policy)
        return LegacyFetcher(policy, threads: TransferThreads(count: 1))
    }

    private func error(_ url: String, _ fetcher: LegacyFetcher = fetcher()) async throws -> FetchError {
        try #require(
            await #expect(throws: FetchError.self) { _ = try await fetcher.fetch(url, maxBytes: 100) })
    }

    @Test func `refuses loopback unless it is allowed`() async throws {
        let server = try StubServer { _ in StubResponse(text: "x") }
        #expect(try await error(server.base) == .refusedAddress("127.0.0.1"))
        #expect(server.requests.isEmpty)
        let open = Self.fetcher { $0.allowsPrivateHosts = true }
        #expect(try await open.fetch(server.base, maxBytes: 1).bytes.count == 1)
        let named = Self.fetcher { $0.privateHosts = ["127.0.0.1"] }
        #expect(try await named.fetch(server.base, maxBytes: 1).bytes.count == 1)
        let other = Self.fetcher { $0.privateHosts = ["127.0.0.2", "localhost"] }
        #expect(try await error(server.base, other) == .refusedAddress("127.0.0.1"))
        #expect(server.requests.count == 2)
    }

    @Test(arguments: [
        ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"),
        ("0", "0.0.0.0"), ("127.0.0.1", "127.0.0.1"), ("①②⑦.0.0.1", "127.0.0.1"), ("127%2e0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"), ("[::]", "[::]"), ("[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]"),
        ("[::ffff:7f00:1]", "[::ffff:7f00:1]"), ("localhost", "localhost"), ("LocalHost.", "localhost."),
        ("a.localhost", "a.localhost"), ("127.0.0.1.", "127.0.0.1."),
    ])
    func `refuses loopback however it is spelled`(host: String, name: String) async throws {
        #expect(try await error("http://\(host)/") == .refusedAddress(name))
    }

    @Test(arguments: ["http://127.0.0.1:PORT/", "http://a.localhost:PORT/", "http://[::1]:PORT/", "//2130706433:PORT/"])
    func `judges each hop again`(location: String) async throws {
        let inner = try StubServer { _ in StubResponse(text: "secret") }
        let target = location.replacing("PORT", with: "\(inner.port)")
        let server = try StubServer { _ in .redirect(to: target) }
        // The first hop's host is allowed by its name, which is another spelling than the second's.
        let fetcher = Self.fetcher { $0.privateHosts = ["localhost"] }
        let error = try await error("http://localhost:\(server.port)/", fetcher)
        guard case .refusedAddress = error else {
            Issue.record("\(error)")
            return
        }
        #expect(inner.requests.isEmpty)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [22, 25, 6379, 8080, 0])
    func `calls no unusual port of a public host`(port: Int) async throws {
        #expect(
            try await error("http://example.com:\(port)/")
                == .refusedPort(port, url: "http://example.com:\(port)/"))
    }

    @Test(
        arguments: [
            ("ftp://h/", .refusedURL(.scheme("ftp"))), ("http://a@h/", .refusedURL(.userInfo)),
            ("http://h/\n", .refusedURL(.controlCharacter)), ("", .refusedURL(.malformed)),
        ] as [(String, FetchError)])
    func `refuses what is no plain web address`(url: String, expected: FetchError) async throws {
        #expect(try await error(url) == expected)
    }

    @Test func `goes from https to https alone`() throws {
        let current = try WebURL("https://h/a")
        #expect(throws: FetchError.insecureRedirect("http://h/b")) {
            try LegacyFetcher.target(of: "http://h/b", from: current)
        }
        #expect(try LegacyFetcher.target(of: "/b", from: current).text == "https://h/b")
        #expect(try LegacyFetcher.target(of: "//h2/b", from: current).text == "https://h2/b")
        #expect(try LegacyFetcher.target(of: "https://h2/b", from: WebURL("http://h/a")).text == "https://h2/b")
    }

    @Test func `asks no proxy and no netrc`() async {
        await #expect(processExitsWith: .success) {
            let proxy = try StubServer { _ in StubResponse(text: "proxied") }
            let server = try StubServer { _ in StubResponse(text: "direct") }
            for name in ["http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"] { setenv(name, proxy.base, 1) }
            unsetenv("no_proxy")
            let home = try TemporaryFolder()
            try home.write("default login user password secret\n", to: ".netrc")
            setenv("HOME", home.path, 1)
            var policy = LegacyPolicy()
            policy.allowsPrivateHosts = true
            let fetched = try await LegacyFetcher(policy, threads: TransferThreads(count: 1))
                .fetch(server.base, maxBytes: 100)
            #expect(fetched.bytes == Array("direct".utf8))
            #expect(proxy.requests.isEmpty)
            #expect(server.requests.map { $0.header("authorization") } == [nil])
        }
    }
}
