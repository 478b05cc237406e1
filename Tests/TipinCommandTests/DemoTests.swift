import Foundation
import Testing
import TipinTestSupport

/// The demo of the README, from the first command to a picture that is lost.
struct DemoTests {
    static let base = "https://cdn.example/the-paper-harbour"

    @Test func `publishing the demo gives every reader every picture`() async throws {
        let desk = try await Self.published()
        let folder = try PublishedFolder(desk.path("out"), base: Self.base, remote: desk.path("demo/.tipin/cdn"))
        #expect(folder.problems == [])
        #expect(folder.imageNodes == 16)
        #expect(folder.references == 28)
        #expect(folder.digests.count == 17)
        try await Self.expectDigests(folder.digests)
    }

    /// With the digests of a program that is not ours.
    private static func expectDigests(_ digests: [String: String]) async throws {
        let sum = try #require(Program.path(of: "sha256sum"))
        let files = digests.keys.sorted()
        let run = try await Program.run(sum, ["--"] + files, in: "/", environment: [:])
        #expect(run.status == 0, "\(run.errors)")
        for line in run.output.split(separator: "\n") {
            let file = String(line.dropFirst(66))
            #expect(digests[file] == String(line.prefix(64)), "\(file)")
        }
    }

    @Test(.enabled(if: Program.path(of: "python3") != nil, "python3 is not installed"))
    func `a program that shares nothing with tipin agrees`() async throws {
        let desk = try await Self.published()
        let run = try await Program.run(
            try #require(Program.path(of: "python3")),
            [Checkout.path("Tests/check-demo.py"), desk.path("out"), desk.path("demo/.tipin")], in: desk.path,
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("check-demo: 9 documents"))
    }

    @Test func `publishing again changes no byte and sends nothing`() async throws {
        let desk = try await Self.published()
        let before = try desk.contents(of: "out")
        let remote = try desk.contents(of: "demo/.tipin/cdn")
        let again = try await desk.tipin("publish", "demo", "--output", "out")
        #expect(again.status == 0)
        #expect(try desk.contents(of: "out") == before)
        #expect(try desk.contents(of: "demo/.tipin/cdn") == remote)
        let over = try await desk.tipin("publish", "out", "--in-place", "--config", "demo/tipin.json")
        #expect(over.status == 0)
        #expect(try desk.contents(of: "out") == before)
        #expect(!over.output.contains("uploaded"))
        try Golden.expect([again, over], "demo-again", at: desk)
    }

    @Test func `the sources stay as they are`() async throws {
        let desk = try await Self.published()
        for (name, bytes) in try desk.contents(of: "demo") where !name.hasPrefix(".tipin/") {
            let source = Checkout.path("Fixtures/demo-book/" + name)
            #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: source))) == bytes, "\(name)")
        }
    }

    @Test func `a picture that is lost is one finding that says where and what`() async throws {
        let desk = try await Self.published()
        for (name, _) in try desk.contents(of: "demo/.tipin") where name.contains(Desk.knots) {
            try desk.remove("demo/.tipin/" + name)
        }
        let text = try await desk.tipin("check", "out", "--config", "demo/tipin.json")
        let json = try await desk.tipin("check", "out", "--config", "demo/tipin.json", "--format", "json")
        #expect([text, json].map(\.status) == [1, 1])
        let findings = try json.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Finding.self, from: Data(line.utf8))
        }
        let errors = findings.filter { $0.severity == "error" }
        let error = try #require(errors.first)
        #expect(errors.count == 1)
        #expect(error.file.hasSuffix("chapters/04-knots-and-what-they-are-for.json"))
        #expect(error.line > 100 && error.column > 1)
        #expect(error.pointer.contains("/attrs/"))
        #expect(error.notes.contains { $0.contains("\(Self.base)/the-paper-harbour/\(Desk.knots).png") })
        try Golden.expect([text, json], "demo-lost-picture", at: desk)
    }

    private struct Finding: Decodable {
        let code, severity, file, pointer: String
        let line, column: Int
        let notes: [String]
    }

    /// A desk with the demo in `demo`, published to `out`.
    private static func published() async throws -> Desk {
        let desk = try Desk()
        try desk.copyFixture("demo-book", to: "demo")
        let run = try await desk.tipin("publish", "demo", "--output", "out")
        #expect(run.status == 0)
        try Golden.expect([run], "demo", at: desk)
        return desk
    }
}
