import Foundation
import Glibc
import Testing
import TipinTestSupport

struct AssetsCleanUpTests {
    /// Two pictures in the store of the working folder, of which a chapter names the first; nothing is linked.
    private func desk(hours: Int = 0, remote: String? = nil) async throws -> Desk {
        let desk = try Desk()
        let more = remote.map { #", "remote": "\#($0)""# } ?? ""
        try desk.write(#"{"dataDir": ".tipin", "bookId": "b1", "gcGraceHours": \#(hours)\#(more)}"#, to: "tipin.json")
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("paper-star.png", to: "star.png")
        for (file, id) in [("knots.png", Desk.knotsID), ("star.png", Desk.starID)] {
            let link = ["--entity", "chapter:c1", "--role", "attachment"]
            #expect(try await desk.tipin(["assets", "add", file] + link).status == 0)
            #expect(try await desk.tipin(["assets", "unlink", id] + link).status == 0)
        }
        try desk.write(
            #"{"id":"c1","bookId":"b1","content":{"type":"doc","content":[{"type":"image","attrs":{"assetId":"\#(Desk.knotsID)"}}]}}"#
                + "\n", to: "book/c1.json")
        return desk
    }

    @Test func `gc says what it would do, does it, and has nothing left to do`() async throws {
        let desk = try await desk()
        let runs = [
            try await desk.tipin("assets", "gc"),
            try await desk.tipin("assets", "gc", "--documents", "book"),
            try await desk.tipin("assets", "gc", "--delete", "--documents", "book"),
            try await desk.tipin("assets", "gc", "--delete", "--documents", "book"),
            try await desk.tipin("assets", "list"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0])
        #expect(desk.exists(".tipin/removed"))
        try Golden.expect(runs, "assets-gc", at: desk)
    }

    @Test func `gc reads documents from standard input and says each thing as JSON`() async throws {
        let desk = try await desk()
        let text = try desk.text("book/c1.json")
        let runs = [
            try await desk.tipin(["assets", "gc", "--format", "json", "--documents", "-"], input: text),
            try await desk.tipin(
                ["assets", "gc", "--delete", "--format", "json", "--quiet", "--documents", "-"], input: text),
        ]
        #expect(runs.map(\.status) == [0, 0])
        try Golden.expect(runs, "assets-gc-json", at: desk)
    }

    @Test func `a stream without a document says so`() async throws {
        let desk = try await desk()
        let runs = [
            try await desk.tipin(["assets", "gc", "--delete", "--documents", "-"], input: ""),
            try await desk.tipin(["assets", "why", Desk.knotsID, "--documents", "-"], input: ""),
        ]
        #expect(runs.map(\.status) == [1, 1])
        #expect(runs[0].errors.contains("standard input held no documents"))
        #expect(runs[1].errors.contains("no documents came through the pipe"))
        #expect(!runs[1].output.contains("nothing refers to it"))
        #expect(desk.exists(".tipin/books/b1/files/\(Desk.knots)/original.png"))
    }

    @Test func `gc refuses where it cannot know`() async throws {
        let desk = try await desk()
        try desk.write("{", to: "bad/c2.json")
        let runs = [
            try await desk.tipin("assets", "gc", "--delete", "--documents", "bad", "book"),
            try await desk.tipin("assets", "gc", "--delete", "--documents", ".tipin"),
            try await desk.tipin("assets", "gc", "--delete", "--documents", "book", "--book", "b2"),
            try await desk.tipin("assets", "gc", "--delete", "--book", "b1"),
            try await desk.tipin("assets", "gc", "--max-cache", "-1"),
            try await desk.tipin("assets", "gc", "--data-dir", "nowhere"),
            try await desk.tipin("assets", "list", "--quiet"),
        ]
        #expect(runs.map(\.status) == [1, 1, 1, 64, 64, 10, 0])
        try Golden.expect(runs, "assets-gc-refused", at: desk)
    }

    @Test func `gc keeps what is young, and makes room by what the remote has`() async throws {
        let desk = try await desk(hours: 24, remote: "folder:cdn?base=https://cdn.example/b1")
        let runs = [
            try await desk.tipin("assets", "gc", "--max-cache", "0"),
            try await desk.tipin("sync", "--quiet"),
            try await desk.tipin("assets", "gc", "--delete", "--max-cache", "0"),
            try await desk.tipin("sync"),
            try await desk.tipin("sync", "book"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0])
        #expect(desk.exists(".tipin/books/b1/files/\(Desk.knots)/original.png"))
        try Golden.expect(runs, "assets-gc-room", at: desk)
    }

    @Test func `why says every reference`() async throws {
        let desk = try await desk()
        try await desk.tipin("assets", "link", "f0bc", "--entity", "divider:d1", "--role", "divider")
        let runs = [
            try await desk.tipin("assets", "why", "40dd"),
            try await desk.tipin("assets", "why", "40dd", "--documents", "book"),
            try await desk.tipin("assets", "why", "f0bc", "--documents", "book"),
            try await desk.tipin("assets", "why", "40dd", "--format", "json", "--documents", "book"),
            try await desk.tipin("assets", "why", "f0bc", "--format", "json"),
            try await desk.tipin("assets", "why", "zz"),
        ]
        #expect(runs.map(\.status) == [0, 0, 0, 0, 0, 1])
        try Golden.expect(runs, "assets-why", at: desk)
    }

    /// A folder that may not be read, and what would go, or be said, were it not there.
    @Test(
        .enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() },
        arguments: [
            ["gc", "--delete", "--documents", "book"], ["gc", "--delete", "--book", "b1", "--documents", "book"],
            ["why", Desk.knotsID, "--documents", "book"], ["verify", "--rebuild", "--documents", "book"],
        ])
    func `a folder of documents that may not be read is named, and nothing goes`(_ arguments: [String]) async throws {
        let desk = try await desk()
        try desk.write(#"{"id":"c2","bookId":"b1","content":{"type":"doc","content":[]}}"#, to: "book/c2.json")
        try FileManager.default.createDirectory(atPath: desk.path("book/old"), withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: desk.path("book/c1.json"), toPath: desk.path("book/old/c1.json"))
        #expect(chmod(desk.path("book/old"), 0) == 0)
        let run = try await UnprivilegedProgram.run("\(Checkout.products)/tipin", ["assets"] + arguments, at: desk)
        #expect(chmod(desk.path("book/old"), 0o700) == 0)
        #expect(run.status == 1)
        #expect(run.errors.contains("error[document-unreadable]: folder could not be read"), "\(run.errors)")
        #expect(run.errors.contains("--> book/old\n"), "\(run.errors)")
        #expect(desk.exists(".tipin/books/b1/files/\(Desk.knots)/original.png"))
        #expect(!desk.exists(".tipin/removed"))
    }

    @Test func `gc says which data folder it looks at`() async throws {
        let desk = try await desk()
        try desk.write(#"{"dataDir": "theirs"}"#, to: "other/tipin.json")
        try desk.copyFixture("documents/every-form.json", to: "other/all.json")
        let run = try await desk.tipin("assets", "gc", "--data-dir", ".tipin", "--documents", "other/all.json")
        #expect(run.output.contains("in '\(desk.path(".tipin"))'"), "\(run.output)")
    }
}
