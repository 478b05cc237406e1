import Foundation
import Testing
import TipinTestSupport

/// Ends the command itself, SQLite's calls included, at its system calls (RELIABILITY F1, F4, F6, F7).
///
/// strace counts each kind of call in each thread by itself, so that the points are others than those of `FaultTests`.
@Suite(
    .enabled(if: Program.path(of: "strace") != nil, "strace is not installed"),
    .enabled(if: ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1", "takes minutes: TIPIN_LONG=1"))
struct InjectedFaultTests {
    static let calls = [
        "openat", "openat2", "mkdirat", "write", "pwrite64", "fsync", "fdatasync", "renameat2", "unlinkat", "unlink",
        "ftruncate", "fchmod", "fchmodat", "linkat", "fcntl",
    ]
    static let faults = ["signal=KILL", "error=EIO", "error=ENOSPC"]

    @Test(arguments: InjectedCommand.all)
    func `whatever call ends it, running again comes to the same end`(command: InjectedCommand) async throws {
        let strace = try #require(Program.path(of: "strace"))
        let whole = try await command.desk()
        #expect(try await whole.tipin(command.arguments).status == 0)
        let expected = try await Facts(whole, command)
        var points = 0
        for call in Self.calls {
            for fault in Self.faults {
                var number = 1
                while number < 120 {
                    let desk = try await command.desk()
                    let before = try Facts.documents(desk)
                    let run = try await Program.run(
                        strace,
                        [
                            "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
                            "inject=\(call):\(fault):when=\(number)", Checkout.products + "/tipin",
                        ] + command.arguments, in: desk.path, environment: desk.environment)
                    let what = "\(call) \(number) \(fault)"
                    if run.status != 0 || fault != "signal=KILL" { points += 1 }
                    try Self.expectOldOrNew(desk, before, expected.documents, what)
                    let again = try await desk.tipin(command.arguments)
                    #expect(again.status == 0, "\(what): \(again.errors)")
                    #expect(try await Facts(desk, command) == expected, "\(what)")
                    let check = try await desk.tipin("assets", "verify", "--read-data", "--documents", "book")
                    #expect(check.status == 0, "\(what): \(check.errors)")
                    try desk.expectNoTemporaryFile()
                    // The run came to its end: there is no further call of this kind.
                    if run.status == 0, number > 12 { break }
                    number += number < 12 ? 1 : 3
                }
            }
        }
        print("injected faults, \(command): \(points)")
        #expect(points >= command.leastPoints)
    }

    /// What must be the same after every run that came to its end.
    private struct Facts: Equatable {
        var documents: [String: [UInt8]]
        /// The assets that the catalog has, in no order: which was made first depends on the run.
        var assets: [Substring]

        init(_ desk: Desk, _ command: InjectedCommand) async throws {
            documents = try Self.documents(desk)
            let listed = try await desk.tipin(["assets", "list", "--quiet"] + command.place)
            #expect(listed.status == 0, "\(listed.errors)")
            assets = listed.output.split(separator: "\n").sorted()
        }

        static func documents(_ desk: Desk) throws -> [String: [UInt8]] {
            try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") && !$0.key.hasPrefix(".tipin") }
        }
    }

    private static func expectOldOrNew(
        _ desk: Desk, _ old: [String: [UInt8]], _ new: [String: [UInt8]], _ what: String
    ) throws {
        for (name, bytes) in try Facts.documents(desk) {
            #expect(bytes == old[name] || bytes == new[name], "\(what): \(name) is neither old nor new")
        }
    }
}
