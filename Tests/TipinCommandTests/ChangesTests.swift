import Foundation
import Testing
import TipinTestSupport

/// Plans, differences and the way back, as a person meets them.
struct ChangesTests {
    private func book() throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        return desk
    }

    @Test func `a plan is made, shown, carried out once, and taken back`() async throws {
        let desk = try book()
        let before = try desk.contents(of: "book")
        let runs = [
            try await desk.tipin("migrate", "book", "--plan", "book.plan.json"),
            try await desk.tipin("migrate", "book", "--plan", "book.plan.json"),
            try await desk.tipin("apply", "book.plan.json", "--dry-run", "--diff"),
            try await desk.tipin("apply", "book.plan.json"),
            try await desk.tipin("apply", "book.plan.json"),
            try await desk.tipin("undo", "--config", "book/tipin.json"),
        ]
        #expect(runs.map(\.status) == [0, 64, 0, 0, 0, 0])
        for (name, bytes) in try desk.contents(of: "book") where !name.hasPrefix(".tipin") {
            #expect(bytes == before[name], "\(name)")
        }
        try Golden.expect(runs, "plan", at: desk)
    }

    @Test func `a dry run says that it cannot show what follows from pictures it does not read`() async throws {
        let desk = try book()
        for arguments in [["--diff"], ["--format", "json-patch"], ["--format", "json-patch", "--quiet"]] {
            let run = try await desk.tipin(["migrate", "book"] + arguments)
            #expect(run.status == 0)
            #expect(run.errors.contains("warning[changes-not-shown]"), "\(arguments)")
        }
        let plain = try await desk.tipin("migrate", "book")
        #expect(!plain.errors.contains("changes-not-shown"))
        try await desk.tipin("migrate", "book", "--plan", "book.plan.json")
        let shown = try await desk.tipin("apply", "book.plan.json", "--dry-run", "--format", "json-patch")
        #expect(shown.output.contains(Desk.knotsID))
        #expect(!shown.errors.contains("changes-not-shown"))
    }

    @Test func `what an apply refuses`() async throws {
        let desk = try book()
        try await desk.tipin("migrate", "book", "--plan", "book.plan.json")
        try desk.write("{}", to: "other.json")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#)
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("apply", "book.plan.json"),
            try await desk.tipin("apply", "other.json"),
            try await desk.tipin("apply", "gone.plan.json"),
            try await desk.tipin("apply", "book.plan.json", "--data-dir", "elsewhere"),
            try await desk.tipin("apply", "book.plan.json", "book/media"),
            try await desk.tipin("apply"),
        ]
        #expect(runs.map(\.status) == [1, 1, 1, 1, 1, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "plan-refused", at: desk)
    }

    @Test func `runs are listed, undone and undone again`() async throws {
        let desk = try book()
        let config = ["--config", "book/tipin.json"]
        let none = try await desk.tipin(["undo", "--list"] + config)
        #expect((none.status, none.output, none.errors) == (0, "", "no run is recorded here\n"))
        var runs = [
            try await desk.tipin(["undo"] + config),
            try await desk.tipin("migrate", "book", "--in-place", "--format", "json"),
            try await desk.tipin(["undo", "--list"] + config),
            try await desk.tipin(["undo"] + config),
            try await desk.tipin(["undo"] + config),
            try await desk.tipin(["undo", "--list"] + config),
            try await desk.tipin(["undo", "--list", "--format", "json"] + config),
            try await desk.tipin(["undo", "9"] + config),
            try await desk.tipin(["undo", "--prune"] + config),
        ]
        #expect(runs.map(\.status) == [1, 0, 0, 0, 1, 0, 0, 1, 0])
        let lines = runs[6].output.split(separator: "\n")
        let last = try #require(try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
        let id = try #require(last["run"] as? String)
        runs.append(try await desk.tipin(["undo", id, "--diff"] + config))
        #expect(runs.last?.status == 0)
        #expect(try desk.text("book/chapter.json").contains(Desk.knotsID))
        try Golden.expect(runs, "undo", at: desk)
    }

    @Test func `what was changed since is named and stays`() async throws {
        let desk = try book()
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "media/star.png" } }"#)
        try await desk.tipin("migrate", "book", "--in-place")
        let text = try desk.text("book/chapter.json")
        try desk.write(
            text.replacing(#""assetId": "\#(Desk.starID)" } }"#, with: #""src": "new.png" } }"#),
            to: "book/chapter.json")
        let runs = [try await desk.tipin("undo", "--config", "book/tipin.json", "--report", "report.json")]
        #expect(runs.map(\.status) == [1])
        #expect(try desk.text("book/chapter.json").contains("media/knots.png"))
        #expect(try desk.text("book/chapter.json").contains("new.png"))
        try Golden.expect(runs, "undo-changed", at: desk)
    }

    @Test func `an undoing that left something is not done, and the next one goes on with it`() async throws {
        let desk = try book()
        let config = ["--config", "book/tipin.json"]
        try await desk.tipin("migrate", "book/book.json", "--in-place")
        try await desk.tipin("migrate", "book/chapter.json", "--in-place")
        let earlier = try desk.text("book/book.json")
        // A second name of the file, which undoing must not cut off.
        try FileManager.default.linkItem(
            atPath: desk.path("book/chapter.json"), toPath: desk.path("other-name.json"))
        var runs = [
            try await desk.tipin(["undo"] + config), try await desk.tipin(["undo", "--list"] + config),
        ]
        try desk.remove("other-name.json")
        runs += [try await desk.tipin(["undo"] + config), try await desk.tipin(["undo", "--list"] + config)]
        #expect(runs.map(\.status) == [1, 0, 0, 0])
        #expect(try desk.text("book/chapter.json").contains("media/knots.png"))
        #expect(try desk.text("book/book.json") == earlier)
        try Golden.expect(runs, "undo-left", at: desk)
    }

    @Test func `a run says how it is undone, with the store where that is another`() async throws {
        let desk = try book()
        let run = try await desk.tipin("migrate", "book", "--in-place", "--data-dir", "my store", "--book", "b1")
        let line = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("undo with: ") })
        #expect(line.hasSuffix(" --data-dir 'my store'"))
        let id = try #require(line.split(separator: " ").dropFirst(4).first)
        let undo = try await desk.tipin("undo", String(id), "--data-dir", "my store")
        #expect(undo.status == 0)
        #expect(try desk.text("book/chapter.json").contains("media/knots.png"))
    }

    @Test func `files of an output run are removed`() async throws {
        let desk = try book()
        try await desk.tipin("migrate", "book", "--output", "out")
        let run = try await desk.tipin("undo", "--config", "book/tipin.json")
        #expect(run.status == 0)
        #expect(try desk.contents(of: "out").isEmpty)
        try Golden.expect([run], "undo-output", at: desk)
    }

    @Test func `files that an output run replaced come back`() async throws {
        let desk = try book()
        try desk.write("my own words", to: "out/book.json")
        try desk.write(#"{"id":"c1","content":[]}"#, to: "out/chapter.json")
        let before = try desk.contents(of: "out")
        let runs = [
            try await desk.tipin("migrate", "book", "--output", "out"),
            try await desk.tipin("undo", "--config", "book/tipin.json", "--diff"),
        ]
        #expect(runs.map(\.status) == [0, 0])
        #expect(try desk.contents(of: "out") == before)
        try Golden.expect(runs, "undo-output-replaced", at: desk)
    }

    @Test func `a difference and patches of what a run changes`() async throws {
        let desk = try book()
        try await desk.tipin("migrate", "book", "--output", "out")
        let runs = [
            try await desk.tipin("resolve", "book", "--diff"),
            try await desk.tipin("migrate", "book", "--dry-run", "--diff"),
            try await desk.tipin("migrate", "book", "--dry-run", "--format", "json-patch"),
            try await desk.tipin("migrate", "book", "--in-place", "--format", "json-patch"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0])
        try Golden.expect(runs, "diff", at: desk)
    }

    @Test func `what does not fit together is refused`() async throws {
        let desk = try book()
        let runs = [
            try await desk.tipin("migrate", "book", "--plan", "p.json", "--in-place"),
            try await desk.tipin("migrate", "book", "--diff", "--format", "json"),
            try await desk.tipin("check", "book", "--format", "json-patch"),
            try await desk.tipin("sync", "--plan", "p.json", "--data-dir", "data"),
            try await desk.tipin(["migrate", "-", "--plan", "p.json"], input: ""),
            try await desk.tipin("undo", "--list", "--prune"),
        ]
        #expect(runs.allSatisfy { $0.status == 64 })
        try Golden.expect(runs, "usage-changes", at: desk)
    }

    // MARK: Schemas

    @Test(.enabled(SchemaJudge.reason) { try await SchemaJudge.isThere() })
    func `a plan is as its schema says`() async throws {
        let desk = try book()
        let star = #"{"type":"image","attrs":{"src":"media/star.png"}}"#
        try desk.write(#"{"type":"doc","content":[\#(star)]}"#, to: "book/doc.json")
        try desk.write(
            #"{"id":"n","bookId":"b1","content":{"type":"doc","content":[\#(star)]}}"# + "\n", to: "book/lines.ndjson")
        try await desk.tipin("migrate", "book", "--in-place")
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "assetId": "\#(Desk.starID)" } }"#, star, to: "book/twins.json", id: "c2")
        #expect(try await desk.tipin("undo", "--config", "book/tipin.json").status == 0)
        #expect(try await desk.tipin("migrate", "book", "--plan", "book.plan.json").status == 0)
        let plan = try desk.text("book.plan.json")
        let read = try JSONSerialization.jsonObject(with: Data(plan.utf8)) as? [String: Any]
        #expect((read?["documents"] as? [Any])?.count == 5)
        #expect(plan.contains(#""twins":{"count":2,"place":1}"#))
        #expect(try await SchemaJudge.expect([("plan.schema.json", "book.plan.json")], at: desk) == 1)
    }
}
