import Foundation
import Glibc
import Testing
import TipinTestSupport

@testable import Tipin

struct RealPathsTests {
    @Test func `it says what is said of each path alone`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        for name in ["a", "a/b"] {
            try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
        }
        #expect(FileManager.default.createFile(atPath: path + "/a/b/file", contents: nil))
        #expect(symlink("a", path + "/folder") == 0)
        #expect(symlink("../a/b/file", path + "/a/link") == 0)
        #expect(symlink("nowhere", path + "/a/dangling") == 0)
        let names = [
            "a", "a/b/file", "a/link", "a/dangling", "a/missing", "missing/file", "folder", "folder/b/file",
            "folder/link", "folder/missing",
        ]
        var paths = RealPaths()
        for whole in names.map({ path + "/" + $0 }) + ["/", "/tmp", "/missing"] {
            // Twice, the second time out of what was kept.
            #expect(paths.real(whole) == Paths.real(whole))
            #expect(paths.real(whole) == Paths.real(whole))
        }
    }
}
