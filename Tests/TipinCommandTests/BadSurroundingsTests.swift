import Foundation
import Testing
import TipinTestSupport

/// Nothing is wrong with the documents, but with what they are to be worked on with.
struct BadSurroundingsTests {
    @Test func `publish without a remote says how to name one`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(#"{"dataDir": ".tipin"}"#, to: "book/tipin.json")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("publish", "--in-place", "book"),
            try await desk.tipin("publish", "book"),
            try await desk.tipin("publish", "--in-place", "--remote", "folder:cdn", "book"),
        ]
        #expect(runs.map(\.status) == [64, 64, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "bad-no-remote", at: desk)
    }

    @Test func `a file in the data folder's place`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("I am a file", to: "data")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("migrate", "--in-place", "--data-dir", "data", "book"),
            try await desk.tipin("publish", "--in-place", "--data-dir", "data/below", "book"),
            try await desk.tipin("check", "--data-dir", "data", "book"),
        ]
        #expect(runs.map(\.status) == [1, 1, 10])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "bad-data-folder", at: desk)
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `a data folder that may not be written`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let folder = desk.path("data")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
        let before = try desk.contents()
        let run = try await desk.tipin("migrate", "--in-place", "--data-dir", "data", "book")
        #expect(run.status == 1)
        #expect(run.errors.contains("error[data-folder-unusable]"))
        #expect(try desk.contents() == before)
    }

    @Test func `an output folder that cannot be made`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("I am a file", to: "out")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("publish", "--output", "out", "book"),
            try await desk.tipin("publish", "--output", "out/below", "book"),
        ]
        #expect(runs.map(\.status) == [64, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "bad-output-folder", at: desk)
    }

    @Test func `files that cannot be made are told by their flags`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("migrate", "book", "--plan", "nowhere/p.json"),
            try await desk.tipin("migrate", "-", "--rejects", "nowhere/rejects.ndjson"),
            try await desk.tipin("migrate", "-", "--rejects", "book/chapter.json"),
            try await desk.tipin("migrate", "-", "--report", "nowhere/report.json"),
            try await desk.tipin("migrate", "--in-place", "book", "--report", "nowhere/report.json"),
            try await desk.tipin("check", "book", "--report", "book/media/knots.png/report.json"),
        ]
        #expect(runs.map(\.status) == [64, 64, 64, 64, 64, 64])
        #expect(try desk.contents() == before)
        try Golden.expect(runs, "usage-files", at: desk)
    }

    @Test func `a run that does not begin leaves no file for lines that fail`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("this is no database, it is a letter to whoever opens it\n", to: "book/.tipin/catalog.sqlite")
        let run = try await desk.tipin(
            ["migrate", "--data-dir", "book/.tipin", "--rejects", "rejects.ndjson", "-"], input: "no JSON\n")
        #expect(run.status == 12)
        #expect(!desk.exists("rejects.ndjson"))
    }

    @Test func `a report that cannot be written is said after what the run did`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let run = try await desk.tipin("migrate", "--output", "out", "--report", "out/book.json", "book")
        #expect(run.status == 1)
        #expect(run.output.contains("2 documents changed"))
        try Golden.expect([run], "bad-report", at: desk)
    }

    static let twice = [
        ["migrate", "book", "--plan", "one", "--report", "one"],
        ["publish", "book", "--output", "one", "--report", "./one"],
        ["migrate", "-", "--rejects", "one", "--report", "book/../one"],
        ["resolve", "book", "--plan", "link/one", "--report", "one"],
    ]

    @Test(arguments: twice) func `two flags that name one file are refused`(_ arguments: [String]) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        #expect(symlink(".", desk.path("link")) == 0)
        let before = try desk.contents()
        let run = try await desk.tipin(arguments)
        #expect(run.status == 64)
        let flag = arguments.contains("--plan") ? "--plan" : arguments.contains("--output") ? "--output" : "--rejects"
        #expect(run.errors.contains("\(flag) and --report name one file"), "\(run.errors)")
        #expect(try desk.contents() == before)
    }

    @Test func `a catalog that is none is exit 12 and stays as it is`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("this is no database, it is a letter to whoever opens it\n", to: "book/.tipin/catalog.sqlite")
        let before = try desk.contents()
        let runs = [
            try await desk.tipin("check", "book"), try await desk.tipin("migrate", "--in-place", "book"),
        ]
        #expect(runs.map(\.status) == [12, 12])
        #expect(try desk.read("book/.tipin/catalog.sqlite") == before["book/.tipin/catalog.sqlite"])
        #expect(try desk.read("book/chapter.json") == before["book/chapter.json"])
        try Golden.expect(runs, "bad-catalog", at: desk)
    }
}
