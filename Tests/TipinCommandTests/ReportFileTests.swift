import Testing
import TipinTestSupport

/// `--report` takes the place of nothing, of an empty file or of an earlier report.
struct ReportFileTests {
    private func desk() throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        return desk
    }

    @Test(arguments: [
        ["check", "book"], ["migrate", "--in-place", "book"], ["migrate", "--in-place", "book/chapter.json"],
        ["publish", "--output", "out", "book"], ["resolve", "--plan", "p", "book"], ["migrate", "-"], ["check", "-"],
        ["sync"], ["apply", "no.plan"], ["undo"],
    ])
    func `a document is not written over, and nothing is done`(_ arguments: [String]) async throws {
        let desk = try desk()
        let before = try desk.contents()
        let place = ["--config", "book/tipin.json", "--report", "book/chapter.json"]
        let run = try await desk.tipin(arguments + place)
        #expect(run.status == 64)
        #expect(run.errors.contains("--report would write over another file"))
        #expect(try desk.contents() == before)
    }

    @Test func `what it would write over is said`() async throws {
        let desk = try desk()
        try desk.write("", to: "book/empty.json")
        let runs = [
            try await desk.tipin("check", "book", "--report", "book/chapter.json"),
            try await desk.tipin("check", "book", "--report", "book/empty.json"),
            try await desk.tipin("check", "book", "--report", "book"),
        ]
        #expect(runs.map(\.status) == [64, 64, 64])
        try Golden.expect(runs, "usage-report", at: desk)
    }

    @Test func `an earlier report and an empty file give way`() async throws {
        let desk = try desk()
        try desk.write("", to: "empty.txt")
        for name in ["empty.txt", "report.txt", "report.txt"] {
            #expect(try await desk.tipin("check", "book", "--report", name).status == 0)
            #expect(try desk.text(name).hasPrefix(#"{"command":"check""#))
        }
        // One that is named is a document that was meant to be read.
        let before = try desk.text("report.txt")
        #expect(try await desk.tipin("check", "report.txt", "--report", "report.txt").status == 64)
        #expect(try desk.text("report.txt") == before)
    }

    @Test func `a document that the run itself makes stays`() async throws {
        let desk = try desk()
        let run = try await desk.tipin("migrate", "book", "--output", "out", "--report", "out/chapter.json")
        #expect(run.status == 1)
        #expect(run.errors.contains("report could not be written"))
        #expect(try desk.text("out/chapter.json").contains(Desk.knotsID))
    }

    @Test func `reports and plans in a walked folder are passed over by what they say`() async throws {
        let desk = try desk()
        for name in ["check.json", "migrate.json"] {
            #expect(try await desk.tipin("check", "book", "--report", "book/" + name).status == 0)
        }
        #expect(try await desk.tipin("migrate", "book", "--plan", "book/plan.json").status == 0)
        let passed = try await desk.tipin("check", "book")
        #expect(!passed.output.contains("no document"))
        try desk.write(#"{"command":"check","status":0}"#, to: "book/other.json")
        #expect(try await desk.tipin("check", "book").output.contains("1 JSON file is no document"))
        #expect(try await desk.tipin("scan", "book/check.json").errors.contains("not-a-document"))
    }
}
