import Foundation
import Synchronization
import Testing

/// Counts at how many points the tests of a suite ended something and ran it again, and judges the number at the end.
final class FaultTally: Sendable {
    @TaskLocal static var current: FaultTally?

    private let counts = Mutex((points: 0, cases: 0))

    var points: Int { counts.withLock { $0.points } }
    var cases: Int { counts.withLock { $0.cases } }

    func addPoint() { counts.withLock { $0.points += 1 } }
    func addCase() { counts.withLock { $0.cases += 1 } }
}

/// The tests of a suite end something at 300 points at least, and at 1,000 in the long run.
struct FaultPointsTrait: SuiteTrait, TestScoping {
    static let isLong = ProcessInfo.processInfo.environment["TIPIN_LONG"] == "1"
    static let killedScenarios = [FaultScenario.migrate, .apply, .undo, .undoOutput]
    /// At which of nine parts of a run a process of its own is killed.
    static let killedParts = isLong ? Array(1...8) : [3, 6]

    /// Cases of the whole suite: of a part of it nothing is asked.
    private var cases: Int { FaultScenario.all.count * 3 + Self.killedScenarios.count * Self.killedParts.count }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let tally = FaultTally()
        try await FaultTally.$current.withValue(tally) { try await function() }
        guard tally.cases == cases else { return }
        print("\(test.name): \(tally.points) points")
        #expect(tally.points >= (Self.isLong ? 1000 : 300))
    }
}

extension Trait where Self == FaultPointsTrait {
    static var manyFaultPoints: Self { Self() }
}
