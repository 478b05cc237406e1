import Testing

@testable import Tipin

struct PathsTests {
    @Test(arguments: [
        ("/a/b", "/a/b"), ("/a/./b/", "/a/b"), ("/a/../b", "/b"), ("/../../b", "/b"), ("//a//b", "/a/b"), ("/", "/"),
    ])
    func `a path loses dots, empty parts and a final slash`(path: String, expected: String) {
        #expect(Paths.normalized(path) == expected)
    }

    @Test(arguments: [
        ("/a/b", "/a", true), ("/a", "/a", true), ("/ab", "/a", false), ("/a", "/", true), ("/b", "/a", false),
    ])
    func `below means below at a slash`(path: String, folder: String, expected: Bool) {
        #expect(Paths.isEqualOrBelow(path, folder) == expected)
    }

    @Test func `what is below a folder is told relative to it`() {
        #expect(Paths.relative("/a/b/c", to: "/a") == "b/c")
        #expect(Paths.relative("/ab", to: "/a") == nil)
    }
}
