import Foundation
import Glibc
import Synchronization
import Testing
import TipinTestSupport

/// Several commands on one data folder, and one that is killed.
struct SeveralProcessesTests {
    private static let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"

    private static func line(_ number: Int, _ picture: String) -> String {
        let node = #"{"type":"image","attrs":{"src":"\#(picture)","alt":"\#(number)"}}"#
        return #"{"id":"c\#(number)","bookId":"b1","content":{"type":"doc","content":[\#(node)]}}"#
    }

    @Test func `pipes beside each other share one data folder`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("paper-star.png", to: "star.png")
        let inputs = (0..<4).map { pipe in
            (0..<50).map { Self.line(pipe * 100 + $0, $0 % 2 == 0 ? "knots.png" : "star.png") + "\n" }.joined()
        }
        let runs = try await withThrowingTaskGroup(of: (Int, Invocation).self) { group in
            for (index, input) in inputs.enumerated() {
                group.addTask {
                    (index, try await desk.tipin(["migrate", "--data-dir", "data", "-"], input: input))
                }
            }
            return try await group.reduce(into: [Int: Invocation]()) { $0[$1.0] = $1.1 }
        }
        for (index, input) in inputs.enumerated() {
            let run = try #require(runs[index])
            #expect(run.status == 0, "\(run.errors)")
            let (before, after) = (input.split(separator: "\n"), run.output.split(separator: "\n"))
            #expect(before.count == after.count)
            for (old, new) in zip(before, after) {
                #expect(new.hasPrefix(old.prefix(10)))
                #expect(new.contains(old.contains("knots") ? Desk.knotsID : Desk.starID))
            }
        }
        let blobs = try desk.contents(of: "data").keys.filter { $0.hasSuffix(".png") }
        #expect(blobs.count == 2)
        try desk.expectNoTemporaryFile()
    }

    @Test func `a migration that is killed goes on where it was`() async throws {
        let count = Self.isLong ? 2000 : 120
        let (desk, whole) = (try Desk(), try Desk())
        for desk in [desk, whole] {
            try desk.writeSmallBook()
            for number in 0..<count {
                let picture = number % 2 == 0 ? "knots" : "star"
                try desk.writeChapter(
                    #"{ "type": "image", "attrs": { "src": "media/\#(picture).png", "alt": "\#(number)" } }"#,
                    to: "book/part\(number % 7)/c\(number).json", id: "c\(number)")
            }
        }
        #expect(try await whole.tipin("migrate", "--in-place", "--media-root", "book", "book").status == 0)
        let expected = try whole.contents(of: "book").filter { $0.key.hasSuffix(".json") }
        var delay = Duration.milliseconds(40)
        var killed = 0
        while true {
            let pause = delay
            let killer = Mutex<Task<Void, Never>?>(nil)
            let run = try await desk.tipin(["migrate", "--in-place", "--media-root", "book", "book"]) { process in
                let task = Task.detached {
                    // Cancelled once the process has ended: its number may be another's then.
                    guard (try? await Task.sleep(for: pause)) != nil else { return }
                    kill(process, SIGKILL)
                }
                killer.withLock { $0 = task }
            }
            killer.withLock { $0?.cancel() }
            // Whatever was reached, each document has its old bytes or its new ones.
            for (name, bytes) in try desk.contents(of: "book") where expected[name] != nil && bytes != expected[name] {
                #expect(String(decoding: bytes, as: UTF8.self).contains(#""src": "media/"#) || name == "book.json")
            }
            guard run.status == 128 + SIGKILL else {
                #expect(run.status == 0, "\(run.errors)")
                break
            }
            killed += 1
            delay = delay * 1.4
        }
        #expect(killed > 0)
        #expect(try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") } == expected)
        let again = try await desk.tipin("migrate", "--in-place", "--media-root", "book", "book")
        #expect(again.output.contains("0 documents changed"))
        try desk.expectNoTemporaryFile()
    }
}
