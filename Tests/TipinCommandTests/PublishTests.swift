import Testing

struct PublishTests {
    @Test func `a dry run writes, sends and creates nothing`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let run = try await desk.tipin("publish", "book")
        #expect(run.status == 0)
        #expect(try desk.contents() == before)
        try await desk.tipin("publish", "--in-place", "book")
        let published = try desk.contents()
        let again = try await desk.tipin("publish", "book")
        #expect(again.status == 0)
        #expect(try desk.contents() == published)
        try Golden.expect([run, again], "publish-dry-run", at: desk)
    }

    @Test func `into a folder, again, and in place over what was published`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let source = try desk.contents(of: "book")
        let first = try await desk.tipin("publish", "--output", "out", "book")
        let published = try desk.contents(of: "out")
        let second = try await desk.tipin("publish", "--output", "out", "book")
        let over = try await desk.tipin("publish", "--in-place", "--config", "book/tipin.json", "out")
        let checked = try await desk.tipin("check", "--for", "publish", "--config", "book/tipin.json", "out")
        #expect([first, second, over, checked].map(\.status) == [0, 0, 0, 0])
        #expect(try desk.contents(of: "out") == published)
        #expect(try desk.contents(of: "book").filter { !$0.key.hasPrefix(".tipin/") } == source)
        try Golden.expect([first, second, over, checked], "publish", at: desk)
        try Golden.expect(try desk.text("out/chapter.json"), "publish-chapter")
        try Golden.expect(try desk.text("out/book.json"), "publish-book")
    }

    @Test func `the report is one object for machines`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin("publish", "--in-place", "--format", "json", "--report", "report.json", "book")
        #expect(run.status == 0)
        #expect(try desk.text("report.json") == run.output)
        try Golden.expect([run], "publish-json", at: desk)
    }

    @Test func `a document with one bad picture stays as it was, the others are written`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "media/gone.png" } }"#, to: "book/broken.json", id: "c2")
        let broken = try desk.read("book/broken.json")
        let run = try await desk.tipin("publish", "--in-place", "book")
        #expect(run.status == 1)
        #expect(try desk.read("book/broken.json") == broken)
        #expect(try desk.text("book/chapter.json").contains("https://cdn.example/b1/"))
        try Golden.expect([run], "publish-not-done", at: desk)
    }

    @Test func `what an output folder holds of an earlier run stays and is named`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("publish", "--output", "out", "book")
        let older = try desk.read("out/chapter.json")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "media/gone.png" } }"#)
        let run = try await desk.tipin("publish", "--output", "out", "book")
        #expect(run.status == 1)
        #expect(try desk.read("out/chapter.json") == older)
        try Golden.expect([run], "publish-older-copy", at: desk)
    }
}
