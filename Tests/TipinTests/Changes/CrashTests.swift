import Foundation
import Glibc
import Synchronization
import Testing
import Tipin
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// A run that is stopped between any two calls can be undone, and an undoing can be done again.
@Suite(.serialized) struct CrashTests {
    /// Lets calls fail from one on: what is on disk then is what a killed process leaves.
    private final class Stop: Sendable {
        private let calls = Mutex(0)
        private let limit: Int
        private let isForEver: Bool

        init(at limit: Int, isForEver: Bool) {
            self.limit = limit
            self.isForEver = isForEver
        }

        var count: Int { calls.withLock { $0 } }

        var failpoint: Failpoint {
            { _, _ in
                let number = self.calls.withLock { calls in
                    calls += 1
                    return calls
                }
                return number == self.limit || (self.isForEver && number > self.limit) ? .fail(errno: EIO) : .proceed
            }
        }
    }

    /// A book whose pictures are in the store already, so that a run has no more to do than to write.
    private static func prepared() async throws -> (book: TestBook, first: [String: [UInt8]]) {
        var book = try TestBook.mixed()
        book.host.jobs = 1
        let first = try book.documents()
        try await book.run(.migrate)
        try await book.undo()
        try FileManager.default.removeItem(atPath: book.dataPath + "/runs")
        #expect(try book.documents() == first)
        return (book, first)
    }

    /// At every call something is stopped, by turns for once and for ever; `TIPIN_LONG=1` does both at each.
    private func limits(upTo count: Int, _ isForEver: Bool) -> [Int] {
        let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"
        return (1...count).filter { isLong || $0.isMultiple(of: 2) == isForEver }
    }

    private func visible(_ documents: [String: [UInt8]]) -> [String: [UInt8]] {
        documents.filter { !$0.key.hasSuffix(".assettmp") }
    }

    @Test(arguments: [false, true]) func `a run that is stopped anywhere can be undone`(_ isForEver: Bool) async throws
    {
        let (book, first) = try await Self.prepared()
        let whole = Stop(at: .max, isForEver: false)
        var counting = book
        counting.host.failpoint = whole.failpoint
        #expect(try await counting.run(.migrate).codes.isEmpty)
        let last = try book.documents()
        #expect(whole.count > 20)
        for limit in limits(upTo: whole.count, isForEver) {
            try book.restore(first)
            try? FileManager.default.removeItem(atPath: book.dataPath + "/runs")
            var stopped = book
            stopped.host.failpoint = Stop(at: limit, isForEver: isForEver).failpoint
            _ = try? await stopped.run(.migrate)
            for (name, bytes) in visible(try book.documents()) {
                #expect(bytes == first[name] || bytes == last[name], "\(name) after call \(limit)")
            }
            do {
                let report = try await book.undo()
                #expect(report.errorCount == 0, "call \(limit): \(report.codes)")
            } catch ChangeError.nothingToUndo {
                // Nothing was recorded yet, so nothing can have been written either.
            }
            let now = visible(try book.documents())
            let others = Set(now.keys).union(first.keys).filter { now[$0] != first[$0] }
            #expect(others.isEmpty, "after call \(limit)")
        }
    }

    @Test(arguments: [false, true])
    func `an undoing that is stopped anywhere can be done again`(_ isForEver: Bool) async throws {
        let (book, first) = try await Self.prepared()
        try await book.run(.migrate)
        let last = try book.documents()
        let run = try #require(try book.runs().first?.id)
        let whole = Stop(at: .max, isForEver: false)
        var counting = book
        counting.host.failpoint = whole.failpoint
        try await counting.undo(run)
        #expect(whole.count > 20)
        for limit in limits(upTo: whole.count, isForEver) {
            try book.restore(last)
            for undoing in try book.runs() where undoing.undoes != nil {
                try FileManager.default.removeItem(atPath: book.dataPath + "/runs/\(undoing.id).ndjson")
            }
            var stopped = book
            stopped.host.failpoint = Stop(at: limit, isForEver: isForEver).failpoint
            _ = try? await stopped.undo(run)
            for (name, bytes) in visible(try book.documents()) {
                #expect(bytes == first[name] || bytes == last[name], "\(name) after call \(limit)")
            }
            let report = try await book.undo(run)
            #expect(report.errorCount == 0, "call \(limit): \(report.codes)")
            #expect(visible(try book.documents()) == first, "after call \(limit)")
        }
    }

    @Test(arguments: [false, true])
    func `a plan whose carrying out is stopped anywhere can be carried out again and undone`(
        _ isForEver: Bool
    ) async throws {
        let (book, first) = try await Self.prepared()
        try await book.plan(.migrate)
        let whole = Stop(at: .max, isForEver: false)
        var counting = book
        counting.host.failpoint = whole.failpoint
        #expect(try await counting.apply().codes.isEmpty)
        let last = try book.documents()
        #expect(last != first)
        #expect(whole.count > 20)
        for limit in limits(upTo: whole.count, isForEver) {
            try book.restore(first)
            try FileManager.default.removeItem(atPath: book.dataPath + "/runs")
            var stopped = book
            stopped.host.failpoint = Stop(at: limit, isForEver: isForEver).failpoint
            _ = try? await stopped.apply()
            for (name, bytes) in visible(try book.documents()) {
                #expect(bytes == first[name] || bytes == last[name], "\(name) after call \(limit)")
            }
            let report = try await book.apply()
            #expect(report.errorCount == 0, "call \(limit): \(report.codes)")
            #expect(visible(try book.documents()) == last, "after call \(limit)")
            // What was written before the stop is the first run's, the rest the second's.
            for run in try book.runs().map(\.id).sorted(by: >) {
                #expect(try await book.undo(run).errorCount == 0, "call \(limit)")
            }
            #expect(visible(try book.documents()) == first, "after call \(limit)")
        }
    }

    @Test func `a journal that cannot be written keeps documents from being written`() async throws {
        let (book, first) = try await Self.prepared()
        var full = book
        full.host.failpoint = { operation, path in
            path.contains("/runs/") && operation == .write ? .fail(errno: ENOSPC) : .proceed
        }
        let error = await #expect(throws: FileError.self) { try await full.run(.migrate) }
        #expect(error?.problem.code == .diskFull)
        #expect(try book.documents() == first)
    }

    @Test func `the journal is durable before the first document is exchanged`() async throws {
        let (book, _) = try await Self.prepared()
        let calls = Mutex<[(FileOperation, String)]>([])
        var watched = book
        watched.host.failpoint = { operation, path in
            calls.withLock { $0.append((operation, path)) }
            return .proceed
        }
        try await watched.run(.migrate)
        let seen = calls.withLock { $0 }
        let synced = try #require(seen.firstIndex { $0.0 == .sync && $0.1.contains("/runs/") })
        let named = try #require(seen.firstIndex { $0.0 == .syncFolder && $0.1.hasSuffix("/runs") })
        let exchanged = try #require(seen.firstIndex { $0.0 == .exchange })
        let created = try #require(seen.firstIndex { $0.0 == .rename && $0.1.hasPrefix(book.path) })
        #expect(max(synced, named) < min(exchanged, created))
        // One for the window and one for the end, however many documents there are.
        #expect(seen.count { $0.0 == .sync && $0.1.contains("/runs/") } == 2)
    }
}
