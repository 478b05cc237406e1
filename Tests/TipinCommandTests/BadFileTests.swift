import Foundation
import Glibc
import Testing
import TipinTestSupport

/// Files that cannot be read as documents should be: too large, no file at all, not what their size says.
struct BadFileTests {
    @Test func `a document may have as many bytes as the limit and not one more`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write(
            #"{"dataDir": ".tipin", "editorHasAssetId": true, "limits": {"documentMB": 1}}"#, to: "book/tipin.json")
        let start = Array(#"{"id":"c2","bookId":"b1","content":{"type":"doc","content":[]},"x":""#.utf8)
        let end = Array(#""}"#.utf8)
        let fitting = start + [UInt8](repeating: 0x61, count: (1 << 20) - start.count - end.count) + end
        try desk.write(fitting, to: "book/fitting.json")
        try desk.write(fitting + [0x0A], to: "book/larger.json")
        let scan = try await desk.tipin("scan", "book")
        let migrate = try await desk.tipin("migrate", "--in-place", "book")
        #expect([scan, migrate].map(\.status) == [1, 1])
        #expect(try desk.read("book/larger.json") == fitting + [0x0A])
        #expect(try desk.text("book/chapter.json").contains(Desk.knotsID))
        try Golden.expect([migrate], "bad-file-size", at: desk)
    }

    @Test func `a pipe, a folder with a document's name and a device are never waited for`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        #expect(mkfifo(desk.path("book/pipe.json"), 0o600) == 0)
        try desk.write(#"{"type":"doc","content":[]}"#, to: "book/folder.json/inner.json")
        let runs = [
            try await desk.tipin("check", "book"),
            try await desk.tipin("check", "book/pipe.json"),
            try await desk.tipin("check", "/dev/zero"),
            try await desk.tipin("migrate", "--in-place", "book", "book/pipe.json"),
        ]
        #expect(runs.map(\.status) == [0, 1, 1, 1])
        #expect(try desk.text("book/chapter.json").contains(Desk.knotsID))
        try Golden.expect(runs, "bad-file-kinds", at: desk)
    }

    /// What procfs holds is longer than it says, like a file that grows while it is read.
    @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/proc/version"), "there is no procfs"))
    func `a file that is not as long as it was is not judged`() async throws {
        let desk = try Desk()
        let run = try await desk.tipin("check", "/proc/version")
        #expect(run.status == 1)
        try Golden.expect([run], "bad-file-changing", at: desk)
    }

    /// Procfs says less than there is, sysfs more: like a file that shrinks while it is read.
    @Test(.enabled(if: FileManager.default.isReadableFile(atPath: "/sys/kernel/uevent_seqnum"), "there is no sysfs"))
    func `a file with fewer bytes than it says is not judged either`() async throws {
        let desk = try Desk()
        let run = try await desk.tipin("check", "/sys/kernel/uevent_seqnum")
        #expect(run.status == 1)
        #expect(run.output.contains("file changed while it was read"))
    }

    @Test(.enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() })
    func `a file that may not be read is named and the others are done`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.writeChapter("{}", to: "book/secret.json", id: "c2")
        #expect(chmod(desk.path("book/secret.json"), 0) == 0)
        let run = try await UnprivilegedProgram.run(
            "\(Checkout.products)/tipin", ["migrate", "--in-place", "book"], at: desk)
        #expect(run.status == 1)
        #expect(run.errors.contains("error[document-unreadable]"), "\(run.errors)")
        #expect(run.errors.contains("book/secret.json"))
        #expect(try desk.text("book/chapter.json").contains(Desk.knotsID))
    }

    /// A command on a book with a folder that may not be read, and what tells that a document beside it was done.
    struct Locked: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        /// In what the command prints, or else in the document.
        var printed: String?
        var written: String?
        var folder = "book"

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let locked = [
        Locked(arguments: ["scan", "book"], printed: "book/z/c2.json:"),
        Locked(arguments: ["check", "book"], printed: "check: 3 documents"),
        Locked(arguments: ["resolve", "--in-place", "book"], written: "localPath"),
        Locked(arguments: ["migrate", "--in-place", "book"], written: "assetId"),
        Locked(arguments: ["migrate", "--output", "out", "book"], written: "assetId", folder: "out"),
        Locked(arguments: ["publish", "--output", "out", "book"], written: "https://cdn.example", folder: "out"),
    ]

    @Test(.enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() }, arguments: locked)
    func `a folder that may not be read is named and what is beside it is done`(_ locked: Locked) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        let node = #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#
        try desk.copyPicture("knots.png", to: "book/z/media/knots.png")
        try desk.writeChapter(node, to: "book/z/c2.json", id: "c2")
        try desk.writeChapter(node, to: "book/locked/c3.json", id: "c3")
        if locked.arguments[0] == "resolve" { try await desk.tipin("migrate", "--in-place", "book") }
        let before = try desk.read("book/locked/c3.json")
        #expect(chmod(desk.path("book/locked"), 0) == 0)
        let run = try await UnprivilegedProgram.run("\(Checkout.products)/tipin", locked.arguments, at: desk)
        #expect(chmod(desk.path("book/locked"), 0o700) == 0)
        #expect(run.status == 1)
        let said = run.output + run.errors
        #expect(said.contains("error[document-unreadable]: folder could not be read"), "\(said)")
        #expect(said.contains("--> book/locked\n"), "\(said)")
        if let printed = locked.printed { #expect(said.contains(printed), "\(said)") }
        if let written = locked.written { #expect(try desk.text(locked.folder + "/z/c2.json").contains(written)) }
        #expect(try desk.read("book/locked/c3.json") == before)
        #expect(locked.folder == "book" || !desk.exists(locked.folder + "/locked"))
    }

    @Test(
        .enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() },
        arguments: [["migrate", "--in-place", "book"], ["assets", "verify", "--config", "book/tipin.json"]])
    func `a folder below one that is searched is told of once, and the others are searched`(
        _ command: [String]
    ) async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        for (name, digest) in [("knots", Desk.knots), ("star", Desk.star)] {
            try desk.write(try desk.read("book/media/\(name).png"), to: "attic/\(name)/1.png")
            try desk.remove("book/media/\(name).png")
            try desk.remove("book/.tipin/books/b1/files/\(digest)/original.png")
        }
        #expect(chmod(desk.path("attic/star"), 0) == 0)
        let run = try await UnprivilegedProgram.run(
            "\(Checkout.products)/tipin", command + ["--search", "attic"], at: desk)
        #expect(chmod(desk.path("attic/star"), 0o700) == 0)
        #expect(run.status == 1)
        let said = run.errors.components(separatedBy: "note[document-unreadable]: folders that were searched")
        #expect(said.count == 2, "\(run.errors)")
        #expect(run.errors.contains("attic/star': Permission denied"), "\(run.errors)")
        #expect(desk.exists("book/.tipin/books/b1/files/\(Desk.knots)/original.png"))
        let locked = try await UnprivilegedProgram.run(
            "\(Checkout.products)/tipin", command + ["--search", "attic/knots/1.png"], at: desk)
        #expect(locked.status == 64)
    }

    @Test(.enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() })
    func `a link that may not be followed to its document is told of as what it is`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try desk.write("{}", to: "locked/c3.json")
        #expect(symlink("../locked/c3.json", desk.path("book/c3.json")) == 0)
        #expect(chmod(desk.path("locked"), 0) == 0)
        let run = try await UnprivilegedProgram.run("\(Checkout.products)/tipin", ["check", "book"], at: desk)
        #expect(chmod(desk.path("locked"), 0o700) == 0)
        #expect(run.status == 1)
        let said = run.output + run.errors
        #expect(said.contains("file or folder could not be looked at, so it was left out"), "\(said)")
        #expect(said.contains("--> book/c3.json\n"), "\(said)")
    }

    @Test(.enabled(UnprivilegedProgram.reason) { try await UnprivilegedProgram.isThere() })
    func `what may have its source in a folder that may not be read stays in an output folder`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        for name in ["locked/c3", "gone/c4"] { try desk.writeChapter("{}", to: "book/\(name).json", id: "c-" + name) }
        #expect(try await desk.tipin("migrate", "--output", "out", "book").status == 0)
        try desk.remove("book/gone")
        #expect(chmod(desk.path("book/locked"), 0) == 0)
        let run = try await UnprivilegedProgram.run(
            "\(Checkout.products)/tipin", ["migrate", "--output", "out", "--prune", "book"], at: desk)
        #expect(chmod(desk.path("book/locked"), 0o700) == 0)
        #expect(run.status == 1)
        #expect(run.errors.contains("--> book/locked\n"), "\(run.errors)")
        #expect(try desk.contents(of: "out").keys.sorted() == ["book.json", "chapter.json", "locked/c3.json"])
    }

    /// A limit on the size of files stands for the full disk: the write fails the same way, without rights or mounts.
    @Test func `a disk that is full while a document is written leaves it as it was`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        let padding = String(repeating: "a long chapter ", count: 40_000)
        try desk.writeChapter(
            #"{ "type": "paragraph", "content": [{ "type": "text", "text": "\#(padding)" }] }"#,
            #"{ "type": "image", "attrs": { "src": "media/knots.png" } }"#, to: "book/long.json", id: "c2")
        let before = try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") }
        let script = "ulimit -f 512; exec '\(Checkout.products)/tipin' migrate --in-place book"
        let run = try await Program.run("/bin/sh", ["-c", script], in: desk.path, environment: ["HOME": desk.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("error[disk-full]"), "\(run.errors)")
        #expect(try desk.contents(of: "book").filter { $0.key.hasSuffix(".json") } == before)
        try desk.expectNoTemporaryFile()
        #expect(try await desk.tipin("migrate", "--in-place", "book").status == 0)
        #expect(try desk.text("book/long.json").contains(Desk.knotsID))
    }
}
