import Foundation
import Glibc
import Testing
import TipinDiagnostics
import TipinFiles
import TipinTestSupport

/// Ends everything that changes files at each of its calls: the invariants hold, and running it again comes to the same
/// end as a run without a fault.
@Suite(.serialized, .manyFaultPoints)
struct FaultTests {
    private static let isLong = FaultPointsTrait.isLong

    @Test(arguments: FaultScenario.all)
    func `a kill or a power cut at any call leaves nothing wrong`(scenario: FaultScenario) async throws {
        FaultTally.current?.addCase()
        let bench = try await FaultBench(scenario)
        let (points, wrong) = try await bench.crashes(step: Self.isLong ? 1 : 3)
        let all = (bench.calls.count + 1) * DiskWatch.Crash.allCases.count
        #expect(Self.isLong ? points == all : points * 8 > all)
        Self.expectNothing(wrong)
    }

    @Test(arguments: FaultScenario.all)
    func `a call that fails leaves nothing wrong`(scenario: FaultScenario) async throws {
        FaultTally.current?.addCase()
        let bench = try await FaultBench(scenario)
        // Every call in the long run; else each kind of failure meets every kind of call.
        let step = Self.isLong ? 1 : 12
        for (kind, errno) in [EIO, ENOSPC].enumerated() {
            for forEver in [false, true] {
                let first = 1 + (kind * 2 + (forEver ? 1 : 0)) * 3 % step
                for call in stride(from: first, through: bench.calls.count, by: step) {
                    Self.expectNothing(try await bench.failing(call, with: errno, forEver: forEver))
                }
            }
        }
    }

    @Test(arguments: FaultScenario.all)
    func `short and interrupted writes, one or all from it on, change nothing`(scenario: FaultScenario) async throws {
        FaultTally.current?.addCase()
        let bench = try await FaultBench(scenario)
        let writes = bench.calls.indices.filter { bench.calls[$0].operation == .write }.map { $0 + 1 }
        // Every write in the long run; else the first, and each kind of fault somewhere.
        let step = min(Self.isLong ? 1 : 12, writes.count)
        for (kind, fault) in ShortWrite.allCases.enumerated() {
            for (index, first) in writes.enumerated() where index % step == kind % step {
                let wrong = try await bench.failing("\(fault) at call \(first)") { number, operation, _ in
                    operation == .write ? fault.outcome(number, first) : .proceed
                }
                Self.expectNothing(wrong)
            }
        }
    }

    /// The same with a process that is really killed.
    @Test(arguments: FaultPointsTrait.killedScenarios, FaultPointsTrait.killedParts)
    func `a killed process leaves nothing wrong`(scenario: FaultScenario, part: Int) async throws {
        FaultTally.current?.addCase()
        let bench = try await FaultBench(scenario)
        let call = bench.calls.count * part / 9
        let name = scenario.testDescription
        let wrong = try await bench.killed("kill at call \(call)") { root in
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [root = root as String, call = call as Int, name = name as String] in
                try await FaultBench.runUntilKilled(.named(name), at: root, call: call)
            }
        }
        Self.expectNothing(wrong)
    }

    /// One issue for each run, with all that was wrong in it.
    static func expectNothing(_ wrong: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        guard !wrong.isEmpty else { return }
        let shown = wrong.prefix(6).joined(separator: "\n")
        Issue.record("\(wrong.count) things are wrong:\n\(shown)", sourceLocation: sourceLocation)
    }
}
