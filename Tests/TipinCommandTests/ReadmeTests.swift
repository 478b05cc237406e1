import Foundation
import Testing
import TipinDiagnostics
import TipinTestSupport

/// The README promises what the tool does, all of it and no more.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: Checkout.path("README.md")), "there is no README.md"))
struct ReadmeTests {
    private let readme: Readme
    private let tool: ToolInfo

    init() async throws {
        readme = Readme(try Checkout.text("README.md"))
        tool = try await ToolInfo.read()
    }

    @Test func `names only commands that exist`() {
        let known = Set(tool.commands.map(\.name)).union(["help"])
        #expect(!readme.commands.isEmpty)
        for command in readme.commands { #expect(known.contains(command), "tipin \(command)") }
    }

    @Test func `names every command`() {
        for command in tool.commands.map(\.name) {
            let words = command.split(separator: " ")
            // `tipin assets list`, `show`, `add`: the family is named once.
            let isNamed =
                readme.commands.contains(command)
                || (words.count == 2 && readme.commands.contains(String(words[0]))
                    && readme.spans.contains(String(words[1])))
            #expect(isNamed, "tipin \(command)")
        }
    }

    @Test func `names only flags that exist`() {
        #expect(!readme.flags.isEmpty)
        for flag in readme.flags { #expect(tool.allFlags.contains(flag), "\(flag)") }
    }

    @Test func `has the exit codes that the tool has and says in its help`() async throws {
        let source = try Checkout.text("Sources/Tipin/Reporting/ExitStatus.swift")
        let codes = Set(source.matches(of: #/case \w+ = (\d+)/#).compactMap { Int($0.1) })
        let help = try await Desk().tipin("--help").output.replacing(/\s+/, with: " ")
        let said = try #require(help.firstMatch(of: /Exit codes: (.*?)\. USAGE/)).1
        #expect(Set(readme.exitCodes) == codes)
        #expect(readme.exitCodes == readme.exitCodes.sorted())
        #expect(Set(said.matches(of: #/(?:^|, )(\d+)\s/#).compactMap { Int($0.1) }) == codes)
    }

    @Test func `names only codes that can be explained`() {
        let others: Set<String> = ["tipin-image", "demo-out"]
        for word in readme.spans where word.wholeMatch(of: /[a-z]+(-[a-z]+)+/) != nil && !others.contains(word) {
            #expect(DiagnosticCode(rawValue: word) != nil, "\(word)")
        }
    }

    @Test func `says what the demo prints`() throws {
        let golden = try Checkout.text("Tests/TipinCommandTests/Golden/demo.txt")
        let printed = golden.split(separator: "\n").drop { $0 != "--- stdout" }.dropFirst()
        #expect(!printed.isEmpty)
        for line in printed { #expect(readme.blocks.contains(String(line)), "\(line)") }
    }

    @Test func `names only files that exist`() {
        let paths = readme.spans.filter { $0.hasPrefix("Sources/") || $0.hasPrefix("Tests/") } + readme.links
        #expect(!paths.isEmpty)
        for path in paths where !path.contains("…") {
            #expect(FileManager.default.fileExists(atPath: Checkout.path(path)), "\(path)")
        }
    }

    @Test func `has something to run before line 15`() {
        let first = readme.lines.firstIndex { $0.hasPrefix("    ") }
        #expect(first.map { $0 < 14 } ?? false)
    }
}
