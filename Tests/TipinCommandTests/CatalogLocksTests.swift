import Foundation
import Testing
import TipinTestSupport

/// POSIX drops all locks that a process has on a file when it closes any descriptor of it: while SQLite has the catalog
/// open nobody else in the process may open it (RELIABILITY C10).
@Suite(.enabled(if: Program.path(of: "strace") != nil, "strace is not installed"))
struct CatalogLocksTests {
    private static let commands = [
        ["publish", "--in-place", "book"], ["scan", "book"], ["check", "book"], ["sync", "book"],
        ["assets", "list", "--data-dir", "book/.tipin"], ["assets", "why", Desk.knotsID, "--documents", "book"],
        ["assets", "verify", "--read-data", "--documents", "book"],
        ["assets", "gc", "--delete", "--documents", "book", "--data-dir", "book/.tipin"],
        ["assets", "verify", "--rebuild", "--documents", "book"], ["undo", "--data-dir", "book/.tipin"],
        ["doctor", "--data-dir", "book/.tipin"],
    ]

    @Test(arguments: commands) func `only SQLite opens the catalog once it is open`(command: [String]) async throws {
        let strace = try #require(Program.path(of: "strace"))
        let desk = try Desk()
        try desk.writeSmallBook()
        if command[0] != "publish" {
            #expect(try await desk.tipin("publish", "--in-place", "book").status == 0)
        }
        let run = try await Program.run(
            strace,
            ["-f", "-qq", "-s", "300", "-o", "trace.txt", "-e", "trace=open,openat,openat2,close"]
                + [Checkout.products + "/tipin"] + command, in: desk.path, environment: desk.environment)
        #expect(run.status == 0, "\(run.errors)")
        var trace = Trace()
        for line in try desk.text("trace.txt").split(separator: "\n") { trace.take(line) }
        #expect(trace.violations == [])
        #expect(trace.wasOpened || command[0] == "scan")
    }

    /// Which descriptors SQLite has of the catalog, call by call.
    private struct Trace {
        private(set) var violations: [Substring] = []
        private(set) var wasOpened = false
        private var descriptors: Set<Substring> = []
        /// Calls that another thread's came between, by thread.
        private var unfinished: [Substring: Substring] = [:]

        mutating func take(_ line: Substring) {
            let thread = line.prefix { $0.isNumber }
            var call = line.dropFirst(thread.count).drop { $0 == " " }
            if call.hasSuffix(" <unfinished ...>") {
                unfinished[thread] = call.dropLast(" <unfinished ...>".count)
                return
            }
            if call.hasPrefix("<..."), let start = unfinished.removeValue(forKey: thread) {
                call = start + call.drop { $0 != ">" }.dropFirst()
            }
            guard let equals = call.ranges(of: " = ").last else { return }
            let result = call[equals.upperBound...].prefix { $0.isNumber }
            if call.hasPrefix("close(") {
                descriptors.remove(call.dropFirst("close(".count).prefix { $0.isNumber })
            } else if call.contains("catalog.sqlite\""), !result.isEmpty, !call.contains("O_PATH") {
                // All our files are opened by openat2, SQLite's by openat. What cannot be read from has no locks.
                if call.hasPrefix("openat2(") {
                    if !descriptors.isEmpty { violations.append(call) }
                } else {
                    descriptors.insert(result)
                    wasOpened = true
                }
            }
        }
    }
}
