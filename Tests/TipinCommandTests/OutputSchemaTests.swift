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

    @Test func `assets are printed as rows, references and probes`() async throws {
        let desk = try Desk()
        try desk.copyPicture("knots.png", to: "knots.png")
        try desk.copyPicture("tide.gif", to: "tide.gif")
        let add = try await desk.tipin(
            "assets", "add", "--book", "b1", "--entity", "character:ada", "--role", "avatar", "--tags", "a,b",
            "--description", "Ada", "--format", "json", "knots.png", "tide.gif")
        try Self.keep(add, "add.ndjson", at: desk)
        try Self.keep(try await desk.tipin("assets", "list", "--format", "json"), "list.ndjson", at: desk)
        try Self.keep(
            try await desk.tipin("assets", "show", Desk.knotsID, "--format", "json"), "show.ndjson", at: desk)
        try Self.keep(
            try await desk.tipin("assets", "probe", "--format", "json", "knots.png", "tide.gif"), "probe.ndjson",
            at: desk)
        let files = [
            ("file-ref.schema.json", "add.ndjson"), ("asset.schema.json", "list.ndjson"),
            ("asset.schema.json", "show.ndjson"), ("probe.schema.json", "probe.ndjson"),
        ]
        #expect(try await SchemaJudge.expect(files, at: desk) == 7)
    }
}
