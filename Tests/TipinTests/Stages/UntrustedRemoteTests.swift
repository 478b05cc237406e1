import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

/// RULES 1 "Configuration": what only lies beside the documents calls no private host.
struct UntrustedRemoteTests {
    @Test func `a private remote that a neighbour names is not called`() async throws {
        let server = try StubServer { _ in StubResponse(200) }
        var book = try TestBook(hasRemote: false)
        book.settings.remote = server.base
        book.settings.remoteIsTrusted = false
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let report = try await book.run(.publish)
        #expect(report.codes.contains("document-not-published"))
        #expect(server.connectionCount == 0)
    }

    @Test func `one that the user names is`() async throws {
        let server = try StubServer { _ in StubResponse(413) }
        var book = try TestBook(hasRemote: false)
        book.settings.remote = server.base
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        _ = try await book.run(.publish)
        #expect(server.connectionCount > 0)
    }
}
