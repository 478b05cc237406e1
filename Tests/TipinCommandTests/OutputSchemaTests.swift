import Foundation
import Testing
import TipinTestSupport

/// What the commands print for machines is what `schemas/` says, told by an independent validator.
@Suite(.enabled(SchemaJudge.reason) { try await SchemaJudge.isThere() })
struct OutputSchemaTests {
    /// The small book with every form of mention in one more chapter, much of it broken.
    private static func desk() async throws -> Desk {
        let desk = try Desk()
        try desk.writeSmallBook()
        for name in [
            "every-form.json", "every-field.json", "nested.json", "html.json", "windows.json", "lossless.json",
        ] {
            try desk.copyFixture("documents/" + name, to: "forms/" + name)
        }
        try desk.copyFixture("documents/lines.ndjson", to: "forms/lines.ndjson")
        try desk.write("{", to: "forms/broken.json")
        try desk.write(#"{"dataDir":".tipin","bookId":"forms"}"#, to: "forms/tipin.json")
        return desk
    }

    private static func keep(_ run: Invocation, _ name: String, at desk: Desk) throws {
        try desk.write(run.output, to: name)
    }

    @Test func `scan and check print mentions and findings`() async throws {
        let desk = try await Self.desk()
        try Self.keep(try await desk.tipin("scan", "--format", "json", "forms"), "scan.ndjson", at: desk)
        var files = [("mention.schema.json", "scan.ndjson")]
        for purpose in ["source", "device", "publish"] {
            let run = try await desk.tipin("check", "--format", "json", "--for", purpose, "forms")
            #expect(run.status == 1)
            try Self.keep(run, "check-\(purpose).ndjson", at: desk)
            files.append(("finding.schema.json", "check-\(purpose).ndjson"))
        }
        let lines = try desk.text("forms/lines.ndjson")
        try Self.keep(
            try await desk.tipin(["scan", "--format", "json", "-"], input: lines), "pipe.ndjson", at: desk)
        files.append(("mention.schema.json", "pipe.ndjson"))
        #expect(try await SchemaJudge.expect(files, at: desk) > 500)
    }

    @Test func `runs write reports, documents and manifests`() async throws {
        let desk = try await Self.desk()
        try desk.write(#"[{"type":"image","attrs":{"src":"media/knots.png"}}]"#, to: "book/bare.json")
        var files: [(String, String)] = []
        for command in ["migrate", "sync", "resolve", "publish"] {
            let run = try await desk.tipin(
                command, "--in-place", "--format", "json", "--report", "\(command)-report.json", "book")
            #expect(run.status == 0, "\(command): \(run.errors)")
            try Self.keep(run, "\(command).json", at: desk)
            try desk.write(desk.read("book/chapter.json"), to: "after-\(command)/chapter.json")
            try desk.write(desk.read("book/book.json"), to: "after-\(command)/book.json")
            files += [
                ("report.schema.json", "\(command).json"), ("report.schema.json", "\(command)-report.json"),
                ("chapter.schema.json", "after-\(command)/chapter.json"),
                ("book.schema.json", "after-\(command)/book.json"),
            ]
        }
        files += [
            ("chapter.schema.json#/$defs/manifest", "book/bare.fileRefs.json"),
            ("chapter.schema.json#/$defs/nodes", "book/bare.json"), ("config.schema.json", "book/tipin.json"),
        ]
        #expect(try await SchemaJudge.expect(files, at: desk) == files.count)
    }

    @Test func `a report of what failed is one too`() async throws {
        let desk = try await Self.desk()
        let run = try await desk.tipin(
            "migrate", "--in-place", "--format", "json", "--report", "report.json", "forms",
            "--max-time", "1")
        #expect(run.status != 0)
        try Self.keep(run, "out.json", at: desk)
        let files = [("report.schema.json", "out.json"), ("report.schema.json", "report.json")]
        #expect(try await SchemaJudge.expect(files, at: desk) == 2)
    }

    @Test func `a pipe's report has the findings of each line`() async throws {
        let desk = try await Self.desk()
        let lines = try desk.text("forms/lines.ndjson") + "no JSON\n" + desk.text("forms/lines.ndjson")
        var files: [(String, String)] = []
        for command in [["check"], ["migrate", "--dry-run"]] {
            let name = command[0] + "-report.json"
            let run = try await desk.tipin(
                command + ["--format", "json", "--book", "forms", "--report", name, "-"], input: lines)
            #expect(run.status == 1)
            files.append(("report.schema.json", name))
        }
        try Self.keep(
            try await desk.tipin(["check", "--report", "empty.json", "-"], input: ""), "empty.txt", at: desk)
        files.append(("report.schema.json", "empty.json"))
        #expect(try await SchemaJudge.expect(files, at: desk) == files.count)
    }

    @Test func `assets are printed as rows, references and probes`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("tide.gif", to: "tide.gif")
        try desk.write("I am no picture", to: "text.png")
        let add = try await desk.tipin(
            "assets", "add", "--book", "b1", "--entity", "character:ada", "--role", "avatar", "--tags", "a,b",
            "--description", "Ada", "--format", "json", "knots.png", "text.png", "tide.gif")
        try Self.keep(add, "add.ndjson", at: desk)
        try Self.keep(try await desk.tipin("assets", "list", "--format", "json"), "list.ndjson", at: desk)
        try Self.keep(
            try await desk.tipin("assets", "show", Desk.knotsID, "--format", "json"), "show.ndjson", at: desk)
        try Self.keep(
            try await desk.tipin("assets", "probe", "--format", "json", "knots.png", "tide.gif"), "probe.ndjson",
            at: desk)
        let files = [
            ("added.schema.json", "add.ndjson"), ("asset.schema.json", "list.ndjson"),
            ("asset.schema.json", "show.ndjson"), ("probe.schema.json", "probe.ndjson"),
        ]
        #expect(try await SchemaJudge.expect(files, at: desk) == 8)
    }

    @Test func `the store is verified, explained, cleaned up and changed in the words of the schemas`() async throws {
        let desk = try await Self.desk()
        #expect(try await desk.tipin("publish", "--in-place", "book").status == 0)
        var files: [(String, String)] = []
        func keep(_ schema: String, _ name: String, _ status: Int32 = 0, _ arguments: String...) async throws {
            let run = try await desk.tipin(["assets"] + arguments + ["--format", "json", "--data-dir", "book/.tipin"])
            #expect(run.status == status, "\(name): \(run.errors)")
            #expect(!run.output.isEmpty, "\(name)")
            try Self.keep(run, name + ".ndjson", at: desk)
            files.append((schema + ".schema.json", name + ".ndjson"))
        }
        try await keep("thumbnail", "thumbnail", 0, "thumbnail")
        try await keep("verify", "whole", 0, "verify", "--read-data", "--documents", "book")
        let blob = "book/.tipin/books/b1/files/\(Desk.knots)/"
        for name in ["original.png", "thumb_256.webp"] {
            try FileManager.default.removeItem(atPath: desk.path(blob + name))
        }
        try desk.write("no picture", to: blob + "thumb_100.webp")
        try desk.write("mine", to: blob + "notes.txt")
        try await keep("verify", "told", 1, "verify", "--dry-run")
        try await keep(
            "verify", "mended", 0, "verify", "--remote", "folder:book/.tipin/cdn?base=https://cdn.example/b1")
        try await keep("verify", "rebuilt", 0, "verify", "--rebuild", "--documents", "book")
        try await keep("reference", "why", 0, "why", Desk.knotsID, "--documents", "book")
        try await keep("file-ref", "replace", 0, "replace", Desk.knotsID, "book/media/star.png", "--book", "b1")
        try await keep("asset", "list", 0, "list")
        try await keep("asset", "show", 0, "show", Desk.starID)
        try await keep("clean-up", "told-clean", 0, "gc", "--max-cache", "0", "--documents", "book")
        try await keep("clean-up", "clean", 0, "gc", "--delete", "--max-cache", "0", "--documents", "book")
        #expect(try await SchemaJudge.expect(files, at: desk) >= files.count)
    }

    @Test func `a book's new id is printed as the schema says`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let add = ["assets", "add", "--book", "b1", "--entity", "book:b1", "--role", "cover", "--data-dir", "data"]
        #expect(try await desk.tipin(add + ["knots.png"]).status == 0)
        let run = try await desk.tipin("assets", "rebook", "b1", "b2", "--format", "json", "--data-dir", "data")
        try Self.keep(run, "rebook.ndjson", at: desk)
        #expect(try await SchemaJudge.expect([("rebook.schema.json", "rebook.ndjson")], at: desk) == 1)
    }

    @Test func `what is replaced for its metadata is printed as pairs`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        let bytes = try desk.read("knots.png")
        let text: [UInt8] = Array("tEXtexif:GPSLatitude\0".utf8) + Array("48,8N".utf8)
        try desk.write(Array(bytes[..<33]) + Self.chunk(text) + bytes[33...], to: "placed.png")
        try desk.write(#"{"metadata":"keep","bookId":"b1","dataDir":"data"}"#, to: "tipin.json")
        #expect(
            try await desk.tipin("assets", "add", "--entity", "book:b1", "--role", "cover", "placed.png").status == 0)
        try desk.write(#"{"bookId":"b1","dataDir":"data"}"#, to: "tipin.json")
        try Self.keep(try await desk.tipin("assets", "restrip", "--format", "json"), "restrip.ndjson", at: desk)
        #expect(try await SchemaJudge.expect([("restrip.schema.json", "restrip.ndjson")], at: desk) == 1)
    }

    /// A chunk of a PNG.
    private static func chunk(_ body: [UInt8]) -> [UInt8] {
        func big(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        var code: UInt32 = 0xFFFF_FFFF
        for byte in body {
            code ^= UInt32(byte)
            for _ in 0..<8 { code = code & 1 == 0 ? code >> 1 : code >> 1 ^ 0xEDB8_8320 }
        }
        return big(UInt32(body.count - 4)) + body + big(~code)
    }
}
