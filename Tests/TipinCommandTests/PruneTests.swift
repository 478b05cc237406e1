import Testing
import TipinTestSupport

/// `--prune`: an output folder holds what has a source, and nothing that once had one.
struct PruneTests {
    @Test func `documents without a source go, with their manifest files and empty folders`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let bare = #"{"type": "doc", "content": [{"type": "image", "attrs": {"src": "/knots.png"}}]}"#
        try desk.write(bare, to: "book/loose/bare.json")
        try desk.write(bare, to: "book/deep/er/bare.json")
        try desk.write(#"{"id": "c9", "bookId": "b1", "content": []}"#, to: "book/deep/er/lines.ndjson")
        let publish = ["publish", "--output", "out", "--media-root", "book/media"]
        let first = try await desk.tipin(publish + ["book"])
        #expect(try desk.contents(of: "out").keys.contains("deep/er/bare.fileRefs.json"))
        // What tipin did not write is not tipin's to remove.
        try desk.write(#"{"not": "a document"}"#, to: "out/deep/er/settings.json")
        try desk.write("notes", to: "out/loose/notes.txt")
        try desk.remove("book/loose")
        try desk.remove("book/deep")
        let kept = try await desk.tipin(publish + ["book"])
        #expect(desk.exists("out/loose/bare.json"))
        let pruned = try await desk.tipin(publish + ["--prune", "book"])
        let again = try await desk.tipin(publish + ["--prune", "book"])
        #expect([first, kept, pruned, again].map(\.status) == [0, 0, 0, 0])
        #expect(
            try desk.contents(of: "out").keys.sorted() == [
                "book.json", "chapter.json", "deep/er/settings.json", "loose/notes.txt",
            ])
        // Each file that went is named, manifest files too.
        let gone = pruned.output.split(separator: "\n").filter { $0.hasPrefix("removed ") }
        #expect(gone.contains { $0.hasSuffix("deep/er/bare.fileRefs.json") })
        try Golden.expect([pruned, again], "prune", at: desk)
    }

    @Test func `what is excluded has its source all the same`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(to: "book/drafts/d.json", id: "d")
        try desk.writeChapter(to: "book/gone/g.json", id: "g")
        let migrate = ["migrate", "--output", "out", "book"]
        #expect(try await desk.tipin(migrate).status == 0)
        try desk.remove("book/gone")
        let configuration = try desk.text("book/tipin.json")
        try desk.write(
            #"{"exclude": ["drafts/"],"# + configuration.drop { $0 != "{" }.dropFirst(), to: "book/tipin.json")
        let run = try await desk.tipin(migrate + ["--prune"])
        #expect(run.status == 0)
        #expect(run.output.contains("1 file or folder excluded\n"))
        #expect(desk.exists("out/drafts/d.json"))
        #expect(!desk.exists("out/gone"))
    }

    @Test func `what was removed comes back when the run is undone, whoever made it`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let publish = ["publish", "--output", "out", "--media-root", "book/media", "book"]
        let bare = #"{"type": "doc", "content": [{"type": "image", "attrs": {"src": "/knots.png"}}]}"#
        try desk.write(bare, to: "book/deep/er/bare.json")
        #expect(try await desk.tipin(publish).status == 0)
        try desk.write(#"{"type":"doc","content":[ {"type":"paragraph"} ]}"#, to: "out/deep/own.json")
        try desk.write(#"{"id":"n1","bookId":"b1","content":[]}"# + "\n", to: "out/lines.ndjson")
        let before = try desk.contents(of: "out")
        try desk.remove("book/deep")
        let pruned = try await desk.tipin(publish + ["--prune", "--diff"])
        #expect(pruned.status == 0)
        #expect(try desk.contents(of: "out").keys.sorted() == ["book.json", "chapter.json"])
        // Somebody has put another in one's place: it stays, and is told of.
        try desk.write("{}", to: "out/lines.ndjson")
        let undone = try await desk.tipin("undo", "--config", "book/tipin.json")
        try desk.remove("out/lines.ndjson")
        let again = try await desk.tipin("undo", "--config", "book/tipin.json", "--diff")
        #expect([undone, again].map(\.status) == [1, 0])
        #expect(try desk.contents(of: "out") == before)
        try Golden.expect([pruned, undone, again], "prune-undo", at: desk)
    }

    @Test func `a document that was not done keeps its older copy`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("publish", "--output", "out", "book")
        let older = try desk.contents(of: "out")
        try desk.writeChapter(#"{ "type": "image", "attrs": { "src": "gone.png" } }"#)
        try desk.write("no JSON any more", to: "book/book.json")
        let run = try await desk.tipin("publish", "--output", "out", "--prune", "book")
        #expect(run.status == 1)
        #expect(try desk.contents(of: "out") == older)
    }

    @Test func `is refused where the others' sources are not known`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("publish", "--output", "out", "--prune", "book/chapter.json"),
            try await desk.tipin("publish", "--in-place", "--prune", "book"),
            try await desk.tipin("migrate", "--prune", "book"),
        ]
        #expect(runs.map(\.status) == [64, 64, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "prune-refused", at: desk)
    }
}
