import Testing

/// NDJSON: a document a line.
struct LinesTests {
    @Test func `each line is done or stays, and keeps its place`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let lines = [
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"knots.png"}}]}}"#,
            #"{"id":"c2","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"src":"gone.png"}}]}}"#,
            "no JSON",
            #"{"type":"doc","content":[{"type":"image","attrs":{"src":"knots.png"}}]}"#,
            "",
            #"{"id":"c3","bookId":"b2","content":{"type":"doc","content":[]}}"#,
        ]
        try desk.write(lines.joined(separator: "\n") + "\n", to: "book.ndjson")
        let check = try await desk.tipin("check", "book.ndjson")
        let migrate = try await desk.tipin("migrate", "--in-place", "--book", "b1", "book.ndjson")
        #expect([check, migrate].map(\.status) == [1, 1])
        let after = try desk.text("book.ndjson").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(after.count == lines.count + 1)
        #expect(after[0].contains(Desk.knotsID))
        for index in 1..<lines.count { #expect(after[index] == lines[index]) }
        try Golden.expect([check, migrate], "lines", at: desk)
    }
}
