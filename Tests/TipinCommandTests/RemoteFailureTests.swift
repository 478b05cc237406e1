import Testing
import TipinTestSupport

/// A server that takes nothing for now.
struct RemoteFailureTests {
    @Test func `documents that need it wait, the others are written`() async throws {
        let desk = try Desk()
        let api = try StubBookAPI()
        try desk.writeSmallBook()
        try desk.write(#"{"dataDir": ".tipin"}"#, to: "book/tipin.json")
        try desk.writeChapter(#"{ "type": "paragraph" }"#, to: "book/plain.json", id: "c2")
        let flags = ["publish", "--remote", api.base, "--output", "out"]
        let first = try await desk.tipin(flags + ["book/book.json"])
        #expect(first.status == 0)
        let source = try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") }

        api.answer(500, to: .uploads)
        let failed = try await desk.tipin(flags + ["book"])
        #expect(failed.status == 3)
        #expect(try Set(desk.contents(of: "out").keys) == ["book.json", "plain.json"])
        #expect(try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") } == source)
        try desk.expectNoTemporaryFile()

        api.recover()
        let recovered = try await desk.tipin(flags + ["book"])
        #expect(recovered.status == 0)
        #expect(try desk.text("out/chapter.json").contains(api.base))
        #expect(api.uploads.count == 2)
        try Golden.expect([first, failed, recovered].map { Self.masked($0, api) }, "remote-failure", at: desk)
    }

    @Test func `a remote that refuses the token is an error that names it`() async throws {
        let desk = try Desk()
        let api = try StubBookAPI(token: "right")
        try desk.writeSmallBook()
        let before = try desk.read("book/chapter.json")
        let flags = ["publish", "--in-place", "--remote", api.base, "book"]
        let wrong = try await desk.tipin(flags, variables: ["TIPIN_TOKEN": "wrong-and-secret"])
        #expect(wrong.status == 1)
        #expect(!wrong.transcript.contains("wrong-and-secret"))
        #expect(try desk.read("book/chapter.json") == before)
        let right = try await desk.tipin(flags, variables: ["TIPIN_TOKEN": "right"])
        #expect(right.status == 0)
        try Golden.expect([wrong, right].map { Self.masked($0, api) }, "remote-token", at: desk)
    }

    @Test func `a remote that is not there is an error for now`() async throws {
        let desk = try Desk()
        // A port that nobody listens at any more.
        let base = try StubServer { _ in StubResponse() }.base
        try desk.writeSmallBook()
        let before = try desk.read("book/chapter.json")
        let run = try await desk.tipin("publish", "--in-place", "--remote", base, "book")
        #expect(run.status == 3)
        #expect(try desk.read("book/chapter.json") == before)
    }

    /// The port is the kernel's choice.
    private static func masked(_ run: Invocation, _ api: StubBookAPI) -> Invocation {
        let port = api.base.split(separator: ":").last ?? ""
        return Invocation(
            arguments: run.arguments.map { $0.replacing(":\(port)", with: ":PORT") }, status: run.status,
            output: run.output.replacing(":\(port)", with: ":PORT"),
            errors: run.errors.replacing(":\(port)", with: ":PORT"))
    }
}
