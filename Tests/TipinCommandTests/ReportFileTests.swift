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

    /// With all members that a report has.
    @Test func `a document that looks like a report too is not written over`() async throws {
        let desk = try desk()
        #expect(try await desk.tipin("check", "book", "--report", "report.json").status == 0)
        let report = try desk.text("report.json")
        for members in [#""type":"doc","content":[],"#, #""id":"c9","content":{"type":"doc","content":[]},"#] {
            let text = report.replacing("{", with: "{" + members, maxReplacements: 1)
            try desk.write(text, to: "elsewhere.json")
            let run = try await desk.tipin("check", "book", "--report", "elsewhere.json")
            #expect(run.status == 64)
            #expect(try desk.text("elsewhere.json") == text)
        }
    }

    @Test func `documents are read whatever they are called`() async throws {
        let desk = try desk()
        let names = ["a.plan.json", "b.report.json", "plan.json", "report.json"]
        let node = #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#
        for name in names { try desk.writeChapter(node, to: "book/" + name, id: "c-" + name) }
        #expect(try await desk.tipin("migrate", "--in-place", "book").status == 0)
        for name in names { #expect(try desk.text("book/" + name).contains(Desk.knotsID), "\(name)") }
        #expect(try await desk.tipin("check", "book", "--report", "book/b.report.json").status == 64)
    }

    @Test func `it may lie in the output folder that the run makes`() async throws {
        let desk = try desk()
        let run = try await desk.tipin("migrate", "book", "--output", "out", "--report", "out/report.json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try desk.text("out/report.json").hasPrefix(#"{"command":"migrate""#))
        let other = try await desk.tipin("migrate", "book", "--output", "out", "--report", "elsewhere/report.json")
        #expect(other.status == 64)
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
