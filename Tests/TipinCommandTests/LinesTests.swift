import Foundation
import Testing

/// NDJSON: a document a line.
struct LinesTests {
    private static let lines = [
        #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"knots.png"}}]}}"#,
        #"{"id":"c2","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"gone.png"}}]}}"#,
        "no JSON",
        #"{"type":"doc","content":[{"type":"image","attrs":{"src":"knots.png"}}]}"#,
        "",
        #"{"id":"c3","bookId":"b2","content":{"type":"doc","content":[]}}"#,
    ]
    private static let text = lines.joined(separator: "\n") + "\n"

    @Test func `each line is done or stays, and keeps its place`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.write(Self.text, to: "book.ndjson")
        let check = try await desk.tipin("check", "book.ndjson")
        let migrate = try await desk.tipin("migrate", "--in-place", "--book", "b1", "book.ndjson")
        #expect([check, migrate].map(\.status) == [1, 1])
        let after = try desk.text("book.ndjson").split(separator: "\n", omittingEmptySubsequences: false)
        try #require(after.count == Self.lines.count + 1)
        #expect(after[0].contains(Desk.knotsID))
        for index in 1..<Self.lines.count { #expect(after[index] == Self.lines[index]) }
        try Golden.expect([check, migrate], "lines", at: desk)
    }

    @Test func `through a pipe lines come out in their order, those that fail go elsewhere`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let migrate = ["migrate", "--book", "b1", "-"]
        let runs = [
            try await desk.tipin(["scan", "-"], input: Self.text),
            try await desk.tipin(["check", "-"], input: Self.text),
            try await desk.tipin(migrate + ["--dry-run"], input: Self.text),
            try await desk.tipin(migrate, input: Self.text),
            try await desk.tipin(migrate + ["--rejects", "rejects.ndjson"], input: Self.text),
        ]
        #expect(runs.map(\.status) == [1, 1, 1, 1, 1])
        #expect(runs[2].output == Self.text)
        let done = runs[3].output.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(done.count == Self.lines.count + 1, "\(runs[3].errors)")
        #expect(done[0].contains(Desk.knotsID))
        #expect(done[2] == Self.lines[2])
        #expect(try desk.text("rejects.ndjson") == Self.lines[2] + "\n" + Self.lines[3] + "\n")
        try Golden.expect(runs, "lines-pipe", at: desk)
    }

    @Test func `a pipe without documents is an error that speaks of pipes`() async throws {
        let desk = try Desk()
        let runs = [
            try await desk.tipin(["migrate", "-"], input: ""), try await desk.tipin(["check", "-"], input: "\n\n"),
            try await desk.tipin(["scan", "-"], input: ""),
        ]
        #expect(runs.map(\.status) == [1, 1, 1])
        try Golden.expect(runs, "lines-none", at: desk)
    }

    @Test func `a member in the place of a line's manifest is told of`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let line = Self.lines[0].replacing(#""bookId":"b1","#, with: #""bookId":"b1","fileRefs":"mine","#)
        try desk.write(line, to: "book.ndjson")
        let run = try await desk.tipin("migrate", "--in-place", "book.ndjson")
        #expect(run.status == 1)
        #expect(try desk.text("book.ndjson") == line)
        try Golden.expect([run], "lines-foreign-manifest", at: desk)
    }

    /// More of them than are worked on together, with something to say of most.
    @Test func `a report of a pipe has the findings of each line`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let count = 400
        let lines = (0..<count).map { number in
            switch number % 4 {
            case 0: Self.lines[0].replacing("c1", with: "k\(number)")
            case 1: Self.lines[1].replacing("c2", with: "g\(number)").replacing("gone", with: "gone\(number)")
            case 2: "no JSON \(number)"
            default: Self.lines[5].replacing("c3", with: "e\(number)")
            }
        }
        #expect(try await desk.tipin(["check", "--report", "report.json", "-"], input: Self.text).status == 1)
        let run = try await desk.tipin(
            ["check", "--format", "json", "--report", "report.json", "-"], input: lines.joined(separator: "\n"))
        #expect(run.status == 1)
        func object(_ text: some StringProtocol) throws -> NSDictionary {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
        }
        let report = try object(try desk.text("report.json"))
        #expect((report["documents"] as? [String: Int])?["read"] == count * 3 / 4)
        let findings = try #require(report["diagnostics"] as? [NSDictionary])
        func numbers(_ code: String) -> [Int] {
            findings.filter { $0["code"] as? String == code }.compactMap { $0["line"] as? Int }
        }
        #expect(numbers("not-json") == stride(from: 3, through: count, by: 4).map(\.self))
        #expect(numbers("asset-missing") == stride(from: 2, through: count, by: 4).map(\.self))
        // It has what was said, in that order.
        #expect(findings == (try run.output.split(separator: "\n").map { try object($0) }))
        #expect(try desk.contents().keys.filter { $0.hasPrefix(".") } == [])
    }
}
