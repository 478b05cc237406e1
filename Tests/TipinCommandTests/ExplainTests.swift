import Testing
import TipinDiagnostics

struct ExplainTests {
    @Test func `a code is explained, an unknown one is a mistake with the nearest named`() async throws {
        let desk = try Desk()
        let runs = [
            try await desk.tipin("explain", "asset-missing"),
            try await desk.tipin("explain", "asset-mising"),
            try await desk.tipin("explain", "weather"),
        ]
        #expect(runs.map(\.status) == [0, 64, 64])
        try Golden.expect(runs, "explain", at: desk)
    }

    @Test func `without a code it lists all, one a line`() async throws {
        let list = try await Desk().tipin("explain")
        #expect(list.status == 0)
        #expect(list.output.split(separator: "\n").map(String.init) == DiagnosticCode.allCases.map(\.rawValue))
    }

    @Test func `every code is explained`() async throws {
        let desk = try Desk()
        for code in DiagnosticCode.allCases {
            let run = try await desk.tipin("explain", code.rawValue)
            #expect(run.status == 0)
            #expect(run.output.hasPrefix("\(code.severity.rawValue)[\(code.rawValue)]\n"), "\(code.rawValue)")
        }
    }
}
