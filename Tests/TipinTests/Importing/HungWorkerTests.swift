import Testing
import Tipin
import TipinAssets
import TipinDiagnostics
import TipinTestSupport

/// An image worker that does not answer keeps nobody waiting for longer than its time.
struct HungWorkerTests {
    @Test func `a worker that hangs is killed, and the report names it with the picture's place`() async throws {
        var book = try TestBook(hasRemote: false)
        let worker = try book.temporary.writeProgram("#!/bin/sh\nexec /bin/sleep 600\n", to: "worker")
        book.host.imageWorker = worker
        book.host.imageLimits.wallTime = .milliseconds(200)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let before = try book.read()
        let report = try await book.run(.migrate)
        #expect(report.status == .failure)
        #expect(report.codes == ["image-worker-failed"])
        #expect(
            report.diagnostics.first?.problem.notes == ["'\(worker)' gave no answer within 0.2 seconds and was killed"])
        #expect(report.diagnostics.first?.place?.pointer == "/content/content/0/attrs/src")
        #expect(try book.read() == before)
    }
}
