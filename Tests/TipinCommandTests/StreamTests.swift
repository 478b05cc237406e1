import Foundation
import Glibc
import Synchronization
import Testing
import TipinTestSupport

/// Standard output that takes nothing, and a person who interrupts.
struct StreamTests {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
    func `output that cannot be written is an error`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin(["scan", "--format", "json", "book"], output: "/dev/full")
        #expect(run.status == 1)
        try Golden.expect([run], "stream-full", at: desk)
    }

    @Test func `a reader that goes away is none`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let script = "{ '\(Checkout.products)/tipin' scan book; echo $? >status; } | :"
        let run = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: [:])
        #expect(run.status == 0)
        #expect(!run.errors.contains("error["))
        #expect(try desk.text("status") == "0\n")
    }

    @Test func `documents that nobody reads are not taken for done`() async throws {
        let desk = try Desk()
        try desk.write(#"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[]}}"# + "\n", to: "lines")
        // The one reader goes before anything is written.
        let script = "mkfifo p; exec 4<>p; exec 5>p; exec 4<&-; '\(Checkout.products)/tipin' resolve - <lines >&5"
        let run = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: [:])
        #expect(run.errors.contains("Broken pipe"))
        #expect(run.status == 1)
    }

    /// A terminal that goes says so by its shell and by itself.
    @Test(arguments: [(SIGINT, 1), (SIGTERM, 2), (SIGHUP, 2)])
    func `an interrupt ends the run with 130 and leaves documents as they are`(
        _ signal: Int32, _ times: Int
    ) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") }
        let process = Mutex<Int32?>(nil)
        let isTold = Atomic(false)
        // The first upload is the moment; the server is slow from then on.
        let server = try StubServer { _ in
            if let id = process.withLock({ $0 }), !isTold.exchange(true, ordering: .relaxed) {
                for _ in 0..<times {
                    kill(id, signal)
                    usleep(3000)
                }
            }
            return StubResponse(500)
        }
        let run = try await desk.tipin(["publish", "--in-place", "--remote", server.base, "book"]) { id in
            process.withLock { $0 = id }
        }
        #expect(run.status == 130)
        #expect(run.errors.contains("error[interrupted]"))
        #expect(try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") } == before)
        try desk.expectNoTemporaryFile()
    }

    /// More lines than a pipe holds, so that some are read once all are written.
    @Test func `what was read of a pipe that nobody closes comes out when the run is ended`() async throws {
        let desk = try Desk()
        let line = #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[]}}"# + "\n"
        let text = String(repeating: line, count: 4000)
        try desk.write(text, to: "lines")
        let script = """
            mkfifo p; exec 4<>p; '\(Checkout.products)/tipin' migrate - <p >out 4>&- &
            cat lines >&4; kill -TERM $!; wait $!; echo $? >status
            """
        let run = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: desk.environment)
        #expect(try desk.text("status") == "130\n")
        #expect(run.errors.contains("error[interrupted]"))
        let output = try desk.text("out")
        #expect(text.hasPrefix(output))
        #expect(output.hasSuffix(line))
        #expect(output.utf8.count > text.utf8.count - 128 << 10)
    }
}
