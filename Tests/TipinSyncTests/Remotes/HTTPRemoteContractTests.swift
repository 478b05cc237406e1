import Testing
import TipinSync
import TipinTestSupport

struct HTTPRemoteContractTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var token: String?
        var prefix = ""
        var tellsRelativeURLs = false

        var testDescription: String { "'\(prefix)', \(token ?? "no token"), relative addresses: \(tellsRelativeURLs)" }
    }

    @Test(arguments: [Case(), Case(token: "secret"), Case(prefix: "/app", tellsRelativeURLs: true)])
    func `keeps the contract`(_ example: Case) async throws {
        let api = try StubBookAPI(
            token: example.token, prefix: example.prefix, tellsRelativeURLs: example.tellsRelativeURLs)
        var options = RemoteOptions()
        options.token = example.token
        let remote = try RemoteOpener.open(
            api.base, relativeTo: "/", options: options, threads: TransferThreads(count: 2))
        let port = try WebURL(api.base).port
        try await RemoteContract(
            remote: remote,
            foreignURLs: [
                "http://127.0.0.1/files/remote-1", "http://localhost:\(port)/files/remote-1",
                "http://127.0.0.1:\(port + 1)/files/remote-1",
            ],
            copyCount: { api.uploads.count },
            remove: { copy in api.remove(id: copy.id ?? "") }
        ).check()
        #expect(remote.name.rawValue == api.base)
    }
}
