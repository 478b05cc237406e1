import Testing

struct MigrateTests {
    @Test func `a dry run writes and creates nothing`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("migrate", "book"),
            try await desk.tipin("migrate", "--dry-run", "--format", "json", "book"),
        ]
        #expect(runs.map(\.status) == [0, 0])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "migrate-dry-run", at: desk)
    }

    @Test func `a dry run says what is broken`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "media/gone.png" } }"#)
        let run = try await desk.tipin("migrate", "book/chapter.json")
        #expect(run.status == 1)
        try Golden.expect([run], "migrate-dry-run-broken", at: desk)
    }

    @Test func `in place it imports once, and a second run changes nothing`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let first = try await desk.tipin("migrate", "--in-place", "book")
        let after = try desk.contents(of: "book")
        let second = try await desk.tipin("migrate", "--in-place", "book")
        #expect([first, second].map(\.status) == [0, 0])
        #expect(try desk.contents(of: "book") == after)
        try Golden.expect([first, second], "migrate-in-place", at: desk)
        try Golden.expect(try desk.text("book/chapter.json"), "migrate-chapter")
        try Golden.expect(try desk.text("book/book.json"), "migrate-book")
    }

    @Test func `into a folder it leaves the source as it was`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let source = try desk.contents(of: "book")
        let runs = [
            try await desk.tipin("migrate", "--output", "out", "--data-dir", "data", "book"),
            try await desk.tipin("migrate", "--output", "out", "--data-dir", "data", "book"),
        ]
        #expect(runs.map(\.status) == [0, 0])
        #expect(try desk.contents(of: "book") == source)
        #expect(try Set(desk.contents(of: "out").keys) == ["book.json", "chapter.json"])
        try Golden.expect(runs, "migrate-output", at: desk)
    }

    @Test func `where the editor may not know assetId it warns of each address it removes`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"dataDir": ".tipin"}"#, to: "book/tipin.json")
        let run = try await desk.tipin("migrate", "--in-place", "book")
        #expect(run.status == 0)
        try Golden.expect([run], "migrate-src-removed", at: desk)
    }

    @Test(arguments: [["one", "two"], ["two", "one"]]) func `each configuration weighs its own documents' findings`(
        _ folders: [String]
    ) async throws {
        let desk = try Desk()
        for (folder, severity) in [("one", "error"), ("two", "off")] {
            try desk.write(
                #"{"severity": {"src-removed": "\#(severity)", "legacy-url": "\#(severity)"}}"#,
                to: folder + "/tipin.json")
            try desk.writeChapter(
                #"{ "type": "image", "attrs": { "src": "https://old.example/k.png" } }"#,
                to: folder + "/chapter.json", id: folder)
            try desk.copyPicture("knots.png", to: folder + "/knots.png")
        }
        let checked = try await desk.tipin(["check"] + folders)
        for folder in folders {
            try desk.writeChapter(
                #"{ "type": "image", "attrs": { "src": "knots.png" } }"#, to: folder + "/chapter.json", id: folder)
        }
        let migrated = try await desk.tipin(["migrate", "--in-place", "--data-dir", "data"] + folders)
        for (run, code) in [(checked, "legacy-url"), (migrated, "src-removed")] {
            #expect(run.status == 1)
            let text = run.output + run.errors
            #expect(text.contains("error[\(code)]"))
            #expect(text.contains("one/chapter.json"))
            #expect(!text.contains("two/chapter.json"))
        }
    }

    @Test func `the options of the rewrite reach it`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"https://old.example/a.png": "media/star.png"}"#, to: "instead.json")
        try desk.writeChapter(
            #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#,
            #"{ "type": "image", "attrs": { "src": "https://old.example/a.png" } }"#)
        let run = try await desk.tipin(
            "migrate", "--in-place", "--fill-size", "--drop-src", "--substitutions", "instead.json", "book")
        #expect(run.status == 0)
        try Golden.expect([run], "migrate-options", at: desk)
        try Golden.expect(try desk.text("book/chapter.json"), "migrate-options-chapter")
    }
}
