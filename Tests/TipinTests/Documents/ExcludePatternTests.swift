import Testing

@testable import Tipin

/// What a pattern of `exclude` names: what gitignore(5) says of it.
struct ExcludePatternTests {
    /// Pattern, then those of the paths that it matches.
    static let rows: [(pattern: String, paths: [String])] = [
        ("x", ["x", "a/x", "a/b/x", "a/b/c/x"]),
        ("**/x", ["x", "a/x", "a/b/x", "a/b/c/x"]),
        ("**/**/x", ["x", "a/x", "a/b/x", "a/b/c/x"]),
        ("./x", ["x"]),
        ("./**/x", ["x", "a/x", "a/b/x", "a/b/c/x"]),
        ("a/**/x", ["a/x", "a/b/x", "a/b/c/x"]),
        ("a/**/**/x", ["a/x", "a/b/x", "a/b/c/x"]),
        ("a/*/x", ["a/b/x"]),
        ("a/**", ["a/x", "a/b", "a/b/x", "a/b/c", "a/b/c/x", "a/x.json", "a/\u{301}.json"]),
        ("**/b/**", ["a/b/x", "a/b/c", "a/b/c/x"]),
        ("**/a/**/b/**/x", ["a/b/x", "a/b/c/x"]),
        ("**/c/x", ["a/b/c/x"]),
        ("**/x.json", ["x.json", "a/x.json"]),
        ("*/x.json", ["a/x.json"]),
        ("./*.json", ["x.json", "\u{301}.json"]),
        ("a/\u{301}.json", ["a/\u{301}.json"]),
        ("a**x", []),
        ("a/**b/x", ["a/b/x"]),
        ("a**/x", ["a/x"]),
        (#"\!x"#, ["!x"]),
        ("[!a]x", ["!x"]),
        ("**", paths),
        ("**/", paths),
    ]
    static let paths = [
        "x", "a", "a/x", "a/b", "a/b/x", "a/b/c", "a/b/c/x", "x.json", "a/x.json", "\u{301}.json", "a/\u{301}.json",
        "!x",
    ]

    @Test(arguments: rows) func `a pattern matches what it would for git`(
        _ row: (pattern: String, paths: [String])
    ) throws {
        let pattern = try #require(ExcludePattern(row.pattern))
        let matched = Self.paths.filter { pattern.matches($0, mayBeFolder: true) }
        #expect(matched.map { Array($0.utf8) } == row.paths.map { Array($0.utf8) }, "\(matched)")
    }

    @Test(arguments: ["**/x/", "a/**/", "x/"]) func `a slash at the end leaves files alone`(_ text: String) throws {
        let pattern = try #require(ExcludePattern(text))
        #expect(!Self.paths.contains { pattern.matches($0, mayBeFolder: false) })
        #expect(pattern.matches("a/x", mayBeFolder: true))
    }

    @Test func `many stars take no time that grows out of hand`() throws {
        let pattern = try #require(ExcludePattern(String(repeating: "**/a/", count: 60) + "b"))
        #expect(!pattern.matches(String(repeating: "a/", count: 400) + "c", mayBeFolder: false))
    }

    @Test(arguments: ["!x", "/x", "", "a//b", "a/../b", "./"]) func `what can match nothing is no pattern`(
        _ text: String
    ) {
        #expect(ExcludePattern(text) == nil)
    }
}
