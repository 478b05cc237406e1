import Foundation
import Testing
import TipinTestSupport

struct AssetsVerifyTests {
    @Test func `a store is compared, mended, and what is lost is named`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("publish", "--in-place", "book")
        let blob = "book/.tipin/books/b1/files/\(Desk.knots)/original.png"
        var runs = [
            try await desk.tipin("assets", "verify", "--documents", "book"),
            try await desk.tipin("assets", "verify", "--read-data", "--documents", "book"),
        ]
        try desk.remove(blob)
        try desk.write("not what it was", to: blob)
        runs.append(try await desk.tipin("assets", "verify", "--dry-run", "--documents", "book"))
        runs.append(try await desk.tipin("assets", "verify", "--documents", "book"))
        // Now it is nowhere.
        try desk.remove(blob)
        try desk.remove("book/.tipin/cdn")
        runs.append(try await desk.tipin("assets", "verify", "--documents", "book"))
        #expect(runs.map(\.status) == [0, 0, 1, 0, 1])
        #expect(
            try desk.contents(of: "book/.tipin/bad").values.map { String(decoding: $0, as: UTF8.self) } == [
                "not what it was"
            ])
        let transcript = desk.masked(runs.map(\.transcript).joined(separator: "\n"))
        try Golden.expect(transcript.replacing(/\.\d{13}/, with: ".<time>"), "assets-verify")
    }

    @Test func `for machines one finding a line`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("migrate", "--in-place", "book")
        try desk.remove("book/.tipin/books/b1/files/\(Desk.knots)/original.png")
        try desk.write("x", to: "book/.tipin/books/notes")
        let run = try await desk.tipin("assets", "verify", "--format", "json", "--documents", "book")
        #expect(run.status == 1)
        try Golden.expect([run], "assets-verify-json", at: desk)
    }

    @Test func `a damaged catalog is made again`() async throws {
        let desk = try Desk()
        try desk.writeSmallBook()
        try await desk.tipin("publish", "--in-place", "book")
        try desk.write("garbage", to: "book/.tipin/catalog.sqlite")
        let runs = [
            try await desk.tipin("check", "book"),
            try await desk.tipin("assets", "verify", "--documents", "book"),
            try await desk.tipin("assets", "verify", "--rebuild", "--documents", "book"),
            try await desk.tipin("check", "--for", "publish", "book"),
            try await desk.tipin("publish", "--in-place", "book"),
        ]
        #expect(runs.map(\.status) == [12, 12, 0, 0, 0])
        let transcript = desk.masked(runs.map(\.transcript).joined(separator: "\n"))
        try Golden.expect(transcript.replacing(/damaged-\d+/, with: "damaged-<time>"), "assets-rebuild")
    }

    /// The message at its end is no reason to lose what was set aside.
    @Test func `a damaged catalog is kept byte for byte, and it is said where, whatever comes then`() async throws {
        for leads in [true, false] {
            let desk = try Desk()
            try desk.writeSmallBook()
            try await desk.tipin("publish", "--in-place", "book")
            let bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0xFF, count: 20_000)
            try desk.remove("book/.tipin/catalog.sqlite")
            try desk.write(bytes, to: "book/.tipin/catalog.sqlite")
            let run = try await desk.tipin(
                "assets", "verify", "--rebuild", "--config", "book/tipin.json", "--documents",
                leads ? "book" : "nowhere")
            #expect(run.status == (leads ? 0 : 1), "\(run.errors)")
            let said = try #require(
                (run.output + run.errors).firstMatch(of: /damaged (?:one|catalog) is kept as '([^']+)'/))
            #expect(FileManager.default.contents(atPath: String(said.1)) == Data(bytes))
        }
    }

    @Test func `words that do not fit are refused`() async throws {
        let desk = try Desk()
        let runs = [
            try await desk.tipin("assets", "verify", "--subset", "1/4"),
            try await desk.tipin("assets", "verify", "--read-data", "--subset", "5/4"),
            try await desk.tipin("assets", "verify", "--rebuild", "--dry-run"),
            try await desk.tipin("assets", "verify", "--data-dir", "nowhere"),
            try await desk.tipin("assets", "verify", "--dry-run", "--data-dir", "nowhere"),
        ]
        #expect(runs.map(\.status) == [64, 64, 64, 10, 10])
        #expect(try desk.contents().isEmpty)
    }
}
