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
}
