import Foundation
import Testing
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// The fault tests see what they are for: leaving out any one sync, rename or lock is noticed.
@Suite(.serialized)
struct MutationTests {
    @Test(arguments: Mutation.all) func `is noticed when it is left out`(mutation: Mutation) async throws {
        let bench = try await FaultBench(mutation.scenario)
        #expect(
            mutation.operation == .lock
                || bench.calls.contains { $0.operation == mutation.operation && mutation.isMeant("/" + $0.path) },
            "nothing is left out")
        let (_, wrong) = try await bench.crashes(
            inspect: Self.complaint, stopsAtFirst: true, rule: mutation.rule)
        #expect(!wrong.isEmpty)
    }

    @Test func `nothing is noticed where nothing is left out`() async throws {
        let bench = try await FaultBench(.migrate)
        let (_, wrong) = try await bench.crashes(inspect: Self.complaint, step: 4)
        FaultTests.expectNothing(wrong)
    }

    /// While blobs get their names, clean-up must be kept out.
    private static let complaint: @Sendable (FileOperation, String) -> String? = { operation, path in
        guard operation == .rename, path.contains("/data/books/"), let range = path.range(of: "/data/"),
            let folder = try? Folder(opening: String(path[..<range.lowerBound]) + "/data"),
            let lock = try? FileLock("import.lock", in: folder, exclusive: true, waits: false)
        else { return nil }
        extendLifetime(lock)
        return "the store is not locked while \(path) gets its name"
    }
}
