import Synchronization
import Testing
import TipinTestSupport

@testable import TipinSync

struct TransferTests {
    private func perform(_ request: TransferRequest) async -> Result<TransferResponse, TransferFailure> {
        await TransferThreads(count: 1).run { Transfer.perform(request, $0) }
    }

    private func request(_ server: StubServer, maxBytes: Int = 100) throws -> TransferRequest {
        TransferRequest(url: try WebURL(server.base), maxBytes: maxBytes)
    }

    @Test func `has as much time as a slow line takes for all that may come`() throws {
        let url = try WebURL("https://cdn.example/1.png")
        #expect(TransferRequest(url: url, maxBytes: 0).maxSeconds == 60)
        #expect(TransferRequest(url: url, maxBytes: 25_000_000).maxSeconds == 60 + 1250)
        #expect(TransferRequest(url: url, maxBytes: 25_000_000, maxSeconds: 15).maxSeconds == 15)
        // libcurl takes milliseconds of 32 bits.
        #expect(TransferRequest(url: url, maxBytes: .max).maxSeconds < Int(Int32.max) / 1000)
    }

    @Test func `asks before it opens a socket`() async throws {
        let server = try StubServer { _ in StubResponse(text: "secret") }
        let open = try request(server)
        var request = open
        request.admits = { $0.kind == .public }
        await #expect(throws: TransferFailure.refusedAddress("127.0.0.1")) { _ = try await perform(request).get() }
        // Connections are taken in their order: one that was made before this would be seen with it.
        _ = try await perform(open).get()
        #expect(server.connectionCount == 1)
        #expect(server.requests.count == 1)
    }

    @Test func `asks again before it sends the request`() async throws {
        let server = try StubServer { _ in StubResponse(text: "secret") }
        let asked = Mutex(0)
        var request = try request(server)
        request.admits = { _ in
            asked.withLock { count in
                count += 1
                return count == 1
            }
        }
        await #expect(throws: TransferFailure.refusedAddress("127.0.0.1")) { _ = try await perform(request).get() }
        #expect(asked.withLock { $0 } == 2)
        #expect(server.requests.isEmpty)
    }

    @Test func `uses no connection that was allowed before`() async throws {
        let server = try StubServer { _ in StubResponse(text: "a") }
        let request = try request(server)
        #expect(try await perform(request).get().body == Array("a".utf8))
        var refused = request
        refused.admits = { _ in false }
        await #expect(throws: TransferFailure.refusedAddress("127.0.0.1")) { _ = try await perform(refused).get() }
        #expect(server.requests.count == 1)
    }

    @Test func `takes a trailer for no header`() async throws {
        let server = try StubServer { _ in
            .raw(
                "HTTP/1.1 200 OK: fine\r\nTransfer-Encoding: chunked\r\nTrailer: Location\r\nX-A:  b \t c \r\n\r\n"
                    + "1\r\na\r\n0\r\nLocation: /evil\r\n\r\n")
        }
        let response = try await perform(try request(server)).get()
        #expect(response.status == 200)
        #expect(response.body == Array("a".utf8))
        #expect(response.headers["location"] == nil)
        #expect(response.headers["x-a"] == "b c")
    }

    @Test func `forgets the headers of an interim answer`() async throws {
        let server = try StubServer { _ in
            .raw("HTTP/1.1 103 Early Hints\r\nLocation: /a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        }
        let response = try await perform(try request(server)).get()
        #expect(response.status == 200)
        #expect(response.headers["location"] == nil)
    }

    @Test(arguments: [404, 500, 302])
    func `reads only the beginning of a page that says no`(status: Int) async throws {
        let server = try StubServer { _ in StubResponse(status, body: Array(repeating: 65, count: 1 << 20)) }
        let response = try await perform(try request(server)).get()
        #expect(response.status == status)
        #expect(response.body.count <= 64 << 10)
    }

    @Test func `knows an answer by its status though the rest is cut off`() async throws {
        let server = try StubServer { _ in
            .raw("HTTP/1.1 410 Gone\r\nContent-Length: 1000\r\n\r\ngone")
        }
        #expect(try await perform(try request(server)).get().status == 410)
    }
}
