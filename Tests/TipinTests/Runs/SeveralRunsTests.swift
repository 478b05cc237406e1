import Foundation
import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinSync
import TipinTestSupport

/// Runs beside each other, and one that ends early.
struct SeveralRunsTests {
    @Test func `two runs at a time do the work once`() async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        for number in 0..<20 {
            try book.write(Chapter.text(#"{"src":"$data\#(number % 10)"}"#, id: "m\(number)"), to: "\(number).json")
        }
        // What the other run is sending at this moment is waited for.
        book.host.pause = { try await Task.sleep(for: $0) }
        let shared = book
        async let first = shared.run(.publish, to: .folder(shared.temporary.path + "/one"))
        async let second = shared.run(.publish, to: .folder(shared.temporary.path + "/two"))
        let reports = try await [first, second]
        #expect(reports.map(\.codes) == [[], []])
        #expect(remote.uploads.count == 10)
        #expect(book.manifest(below: "one").keys.sorted() == book.manifest(below: "two").keys.sorted())
        for number in 0..<20 {
            #expect(try book.temporary.read("one/\(number).json") == book.temporary.read("two/\(number).json"))
        }
    }

    @Test func `a run that was interrupted is continued by the next`() async throws {
        var book = try TestBook()
        let remote = StubRemote()
        book.remote = remote
        for number in 0..<140 {
            try book.write(Chapter.text(#"{"src":"$data\#(number % 10)"}"#, id: "m\(number)"), to: "\(number).json")
        }
        let interrupted = book
        let (start, gate) = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in start { break }
            return try await interrupted.run(.publish)
        }
        // The first window of documents is at its uploads, the second not begun.
        remote.fail { _ in
            task.cancel()
            return .cancelled
        }
        gate.yield()
        await #expect(throws: (any Error).self) { try await task.value }
        remote.fail(nil)
        #expect(try await book.run(.publish).codes.isEmpty)
        #expect(remote.uploads.count == 10)
        #expect(try book.read("139.json").contains("https://api.example/b1/\(Picture(9).sha256)"))
    }
}
