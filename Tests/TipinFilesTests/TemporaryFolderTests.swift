import Foundation
import Testing
import TipinFiles
import TipinTestSupport

/// The tests' own folders do not outlive them.
struct TemporaryFolderTests {
    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `a folder goes with its value, whatever is in it`() throws {
        let path: String
        do {
            let folder = try TemporaryFolder()
            path = folder.path
            try folder.write("text", to: "deep/down/file")
            #expect(exists(path))
        }
        #expect(!exists(path))
    }

    @Test func `what a killed process left goes, what another one works in stays`() throws {
        let folder = try TemporaryFolder()
        let parts = TemporaryFolder.maker.split(separator: "_")
        let gone = "tipin-test-\(parts[0])_\(parts[1])_\(parts[2])_1-abc"
        let kept = [
            "tipin-test-\(TemporaryFolder.maker)-abc", "tipin-test-abc_1_1_1-abc", "tipin-test-abc",
            "tipin-other",
        ]
        for name in kept + [gone] { try folder.write("text", to: name + "/deep/file") }
        TemporaryFolder.removeLeftovers(in: folder.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == kept.sorted())
    }
}
