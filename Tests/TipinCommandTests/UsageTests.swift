import Testing
import TipinTestSupport

/// What was typed cannot be done: exit status 64, and nothing is created.
struct UsageTests {
    static let mistakes: [(name: String, words: [String])] = [
        ("unknown-command", ["publsh"]),
        ("unknown-flag", ["scan", "--inplace", "book"]),
        ("no-path", ["scan"]),
        ("two-destinations", ["migrate", "--in-place", "--output", "out", "book"]),
        ("no-number", ["scan", "--jobs", "many", "book"]),
        ("number-out-of-range", ["scan", "--jobs", "0", "book"]),
        ("unknown-profile", ["resolve", "--for", "print", "book"]),
        ("entity-without-type", ["assets", "link", "40dd", "--entity", "b1", "--role", "cover"]),
        ("no-configuration", ["check", "--config", "nowhere.json", "book"]),
        ("remote-without-meaning", ["publish", "--remote", "ftp://host/", "--in-place", "book"]),
        ("substitutions-missing", ["migrate", "--substitutions", "nowhere.json", "--in-place", "book"]),
        ("substitutions-wrong", ["migrate", "--substitutions", "book/media/star.png", "--in-place", "book"]),
        ("rejects-without-lines", ["migrate", "--in-place", "--rejects", "r.ndjson", "book"]),
        ("pipe-and-path", ["migrate", "-", "book"]),
        ("pipe-in-place", ["migrate", "--in-place", "-"]),
        ("baseline-missing", ["check", "--baseline", "nowhere.ndjson", "book"]),
        ("baseline-wrong", ["check", "--baseline", "book/book.json", "book"]),
        ("add-without-book", ["assets", "add", "book/media/star.png", "--entity", "character:c1", "--role", "avatar"]),
        ("sync-without-remote", ["sync"]),
        ("search-missing", ["migrate", "--search", "nowhere", "--in-place", "book"]),
        ("search-no-folder", ["publish", "--search", "book", "--search", "book/book.json", "--in-place", "book"]),
        ("search-of-verify", ["assets", "verify", "--search", "nowhere", "--config", "book/tipin.json"]),
        ("cache-out-of-range", ["assets", "gc", "--max-cache", "8796093022208"]),
        ("bytes-out-of-range", ["migrate", "--max-bytes", "9223372036854775807", "book"]),
        ("time-out-of-range", ["migrate", "--max-time", "9223372036854775807", "book"]),
        (
            "place-out-of-range",
            ["assets", "link", "40dd", "--entity", "book:b1", "--role", "gallery", "--order", "9223372036854775807"]
        ),
        ("several-covers", ["assets", "add", "a.png", "b.png", "--entity", "book:b1", "--role", "cover"]),
        (
            "two-books",
            ["assets", "add", "a.png", "--entity", "book:b1", "--role", "cover", "--book", "b1", "--book", "b2"]
        ),
        ("empty-path", ["migrate", "--in-place", ""]),
        ("empty-folder", ["scan", "--data-dir", "", "book"]),
        ("empty-file", ["check", "--baseline=", "book/book.json", "book"]),
        ("empty-picture", ["assets", "probe", "book/media/star.png", ""]),
        ("empty-book", ["migrate", "--in-place", "--book", "", "book"]),
        ("empty-remote", ["publish", "--in-place", "--remote", "", "book"]),
        ("empty-run", ["undo", ""]),
        ("empty-asset", ["assets", "why", ""]),
        ("empty-role", ["assets", "list", "--role", ""]),
        ("no-base-address", ["migrate", "--in-place", "--base-url", "old.example", "book"]),
    ]

    @Test(arguments: mistakes.indices) func `says what is wrong and does nothing`(index: Int) async throws {
        let mistake = Self.mistakes[index]
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let run = try await desk.tipin(mistake.words)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(try desk.contents() == before)
        try Golden.expect([run], "usage-" + mistake.name, at: desk)
    }

    @Test func `a configuration that cannot be used is named with its place`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("{ \"dataDir\": \".tipin\",\n  \"jobs\" }\n", to: "book/tipin.json")
        let broken = try await desk.tipin("check", "book")
        try desk.write("{ \"dataDir\": \".tipin\",\n  \"mediaRot\": \"media\" }\n", to: "book/tipin.json")
        let misspelt = try await desk.tipin("check", "book")
        #expect([broken, misspelt].map(\.status) == [64, 64])
        #expect(broken.errors.contains("book/tipin.json:2:10"))
        try Golden.expect([broken, misspelt], "usage-configuration", at: desk)
    }

    @Test(arguments: ["", "--search keep"])
    func `a working folder that is gone is not taken for another`(_ flags: String) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        // Below the root the same words would lead to the book.
        let script = """
            mkdir gone && cd gone && rmdir ../gone
            '\(Checkout.products)/tipin' migrate \(flags) --in-place --data-dir /tmp '.\(desk.path("book"))'
            """
        let run = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: desk.environment)
        #expect(run.status == 64)
        #expect(run.errors.contains("error[usage]: working folder cannot be told"))
        #expect(run.output.isEmpty)
        #expect(try desk.contents() == before)
    }

    @Test func `two documents of one name in an output folder are refused`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(to: "other/chapter.json", id: "c2")
        let before = try desk.contents()
        let run = try await desk.tipin("publish", "--output", "out", "--config", "book/tipin.json", "book", "other")
        #expect(run.status == 64)
        #expect(try desk.contents().filter { !$0.key.hasPrefix("book/.tipin/") } == before)
        try Golden.expect([run], "usage-output-collision", at: desk)
    }

    @Test func `two documents of one name below two configurations are refused`() async throws {
        let desk = try Desk()
        for folder in ["one", "two"] {
            try desk.write(#"{"dataDir": ".tipin"}"#, to: folder + "/tipin.json")
            try desk.writeChapter(to: folder + "/chapter.json", id: folder)
        }
        let before = try desk.contents()
        let run = try await desk.tipin("migrate", "--data-dir", "data", "--output", "out", "one", "two")
        #expect(run.status == 64)
        #expect(try desk.contents() == before)
        try Golden.expect([run], "usage-output-collision-configurations", at: desk)
    }

    @Test func `an output where the documents are is refused`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let run = try await desk.tipin("migrate", "--output", "book", "book/chapter.json")
        #expect(run.status == 64)
        #expect(try desk.contents() == before)
        try Golden.expect([run], "usage-output-holds-documents", at: desk)
    }

    /// A run keeps off its own output, so that the documents there would be passed over, written over or removed.
    @Test(arguments: ["source", "other-document"]) func `an output folder that holds sources is refused`(
        _ name: String
    ) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(to: "book/part/\(name == "source" ? "p" : "chapter").json", id: "p")
        let before = try desk.contents()
        let migrate = ["migrate", "--output", "book/part", "book"]
        let runs = [try await desk.tipin(migrate), try await desk.tipin(migrate + ["--prune"])]
        #expect(runs.map(\.status) == [64, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "usage-output-holds-" + name, at: desk)
    }

    @Test func `an output folder below the documents is none of them in the next run`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter(to: "book/gone.json", id: "g")
        let migrate = ["migrate", "--output", "book/out", "--prune", "book"]
        #expect(try await desk.tipin(migrate).status == 0)
        let first = try desk.contents(of: "book/out")
        #expect(first.keys.sorted() == ["book.json", "chapter.json", "gone.json"])
        #expect(try await desk.tipin(migrate).status == 0)
        #expect(try desk.contents(of: "book/out") == first)
        // The journal says whose it was.
        try desk.remove("book/gone.json")
        #expect(try await desk.tipin(migrate).status == 0)
        #expect(try desk.contents(of: "book/out").keys.sorted() == ["book.json", "chapter.json"])
        // Without the store each document there still has its source.
        let other = try await desk.tipin(migrate + ["--data-dir", "other"])
        #expect(other.status == 0)
    }

    @Test func `two data folders in one run are refused`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"dataDir": ".tipin"}"#, to: "other/tipin.json")
        try desk.writeChapter(to: "other/chapter.json", id: "c2")
        let before = try desk.contents()
        let run = try await desk.tipin("migrate", "--in-place", "book", "other")
        #expect(run.status == 64)
        #expect(try desk.contents() == before)
        try Golden.expect([run], "usage-two-data-folders", at: desk)
    }

    @Test func `a path that is not there belongs to no other data folder`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin("assets", "gc", "--documents", "book", "--documents", "nowhere")
        #expect(run.status == 1)
        #expect(run.errors.contains("'nowhere'"), "\(run.errors)")
        #expect(!run.errors.contains("two-data-folders"), "\(run.errors)")
    }
}
