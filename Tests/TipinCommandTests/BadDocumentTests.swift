import Testing

/// What is no document, or cannot be read as one: said with its place, and no byte of it changes.
struct BadDocumentTests {
    static let bad: [(code: String, bytes: [UInt8])] = [
        ("not-json", Array("hello, this is a letter\n".utf8)),
        ("not-json", Array(#"{"id": "c7", "content": {"type": "doc", "content": ["#.utf8)),
        (
            "invalid-utf8",
            Array(#"{"type":"doc","content":[{"type":"text","text":""#.utf8) + [0xFF] + Array(#""}]}"#.utf8)
        ),
        ("nesting-too-deep", deep(10_000)),
        ("document-empty", []),
    ]

    @Test(arguments: bad.indices) func `is left as it is while the others are done`(index: Int) async throws {
        let (code, bytes) = Self.bad[index]
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(bytes, to: "book/bad.json")
        let scan = try await desk.tipin("scan", "book")
        let check = try await desk.tipin("check", "book")
        let publish = try await desk.tipin("publish", "--in-place", "book")
        #expect([scan, check, publish].map(\.status) == [1, 1, 1])
        for said in [scan.errors, check.output, publish.errors] { #expect(said.contains("error[\(code)]"), "\(said)") }
        #expect(try desk.read("book/bad.json") == bytes)
        #expect(try desk.text("book/chapter.json").contains("https://cdn.example/b1/"))
        try desk.expectNoTemporaryFile()
        try Golden.expect([publish], "bad-document-\(index)-\(code)", at: desk)
    }

    @Test func `a folder without documents is an error, and other JSON is counted`() async throws {
        let desk = try Desk()
        try desk.write("no JSON", to: "empty/notes.txt")
        try desk.write(#"{"version": 3}"#, to: "other/settings.json")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("check", "empty"),
            try await desk.tipin("migrate", "--in-place", "empty"),
            try await desk.tipin("check", "other"),
            try await desk.tipin("migrate", "--in-place", "other/settings.json"),
            try await desk.tipin("scan", "nowhere"),
        ]
        #expect(runs.map(\.status) == [1, 1, 1, 1, 1])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "bad-no-documents", at: desk)
    }

    @Test func `where all documents are excluded, or none came, the advice fits`() async throws {
        let desk = try Desk()
        try desk.write(
            #"{"exclude": ["*.json", "old/*"], "remote": "folder:cdn?base=https://cdn.example"}"#,
            to: "excluded/tipin.json")
        try desk.writeChapter("{}", to: "excluded/chapter.json")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("publish", "excluded"),
            try await desk.tipin("migrate", "--in-place", "excluded"),
            try await desk.tipin("check", "excluded"),
            try await desk.tipin("scan", "excluded"),
            try await desk.tipin(["publish", "--config", "excluded/tipin.json", "-"], input: ""),
            try await desk.tipin(["migrate", "--config", "excluded/tipin.json", "-"], input: "\n\n"),
        ]
        #expect(runs.map(\.status) == [1, 1, 1, 1, 1, 1])
        let said = runs.map { $0.output + $0.errors }
        for text in said.prefix(4) { #expect(text.contains("leaves out '*.json', 'old/*'"), "\(text)") }
        for text in said.suffix(2) { #expect(!text.contains("name a file"), "\(text)") }
        #expect(try desk.contents() == before)
    }

    @Test func `a document without a book is not worked on`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.write(
            #"{"type": "doc", "content": [{"type": "image", "attrs": {"src": "knots.png"}}]}"#, to: "loose.json")
        let before = try desk.contents()
        let run = try await desk.tipin("migrate", "--in-place", "loose.json")
        #expect(run.status == 1)
        #expect(try desk.contents() == before)
        try Golden.expect([run], "bad-no-book", at: desk)
    }

    private static func deep(_ levels: Int) -> [UInt8] {
        let open = Array(#"{"type":"doc","content":["#.utf8)
        return (0..<levels).flatMap { _ in open } + (0..<levels).flatMap { _ in Array("]}".utf8) }
    }
}
