import Foundation
import Glibc
import Testing
import TipinTestSupport

@testable import Tipin

/// Reading a file whole, or saying why not.
struct ParseTests {
    @Test func `a file is read whole`() throws {
        let temporary = try TemporaryFolder()
        try temporary.write("{}", to: "a.json")
        #expect(try Parse(documentLimit: 2).read(temporary.path + "/a.json").bytes == Array("{}".utf8))
        #expect(throws: ParseError.tooLarge(2, limit: 1)) {
            try Parse(documentLimit: 1).read(temporary.path + "/a.json")
        }
    }

    /// The file is emptied a little later each time, until it happens in the middle: before, it has no bytes; after,
    /// all of them were read.
    @Test(.timeLimit(.minutes(2)))
    func `a file that shrinks while it is read is refused`() throws {
        let temporary = try TemporaryFolder()
        let path = temporary.path + "/a.json"
        let size = 32 << 20
        try temporary.write("", to: "a.json")
        var error: ParseError?
        var pause: UInt32 = 0
        while error == nil {
            pause = (pause + 200) % 40_000
            #expect(truncate(path, off_t(size)) == 0)
            let isEmptied = DispatchSemaphore(value: 0)
            let microseconds = pause
            Thread.detachNewThread {
                usleep(microseconds)
                truncate(path, 0)
                isEmptied.signal()
            }
            do {
                let count = try Parse(documentLimit: size).read(path).bytes.count
                #expect(count == 0 || count == size)
            } catch let thrown as ParseError {
                error = thrown
            }
            isEmptied.wait()
        }
        #expect(error == .changedWhileRead)
    }
}
