import Foundation
import Testing
import TipinFiles
import TipinTestSupport

/// Lines that wait on the disk.
struct LineSpoolTests {
    @Test(
        arguments: [
            ([], ""), (["a"], "a"), (["a", "b"], "a,b"), (["", ""], ","),
            ([String(repeating: "x", count: 300_000), "y", String(repeating: "z", count: 700_000)], nil),
        ] as [([String], String?)])
    func `lines come back in their order, joined as they are wanted`(lines: [String], joined: String?) throws {
        let temporary = try TemporaryFolder()
        let spool = try LineSpool(in: temporary.folder())
        for line in lines { try spool.append(Array(line.utf8)) }
        for _ in 1...2 {
            var bytes: [UInt8] = []
            try spool.read(joinedBy: Array(",".utf8)) { bytes += $0 }
            #expect(String(decoding: bytes, as: UTF8.self) == joined ?? lines.joined(separator: ","))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    }
}
