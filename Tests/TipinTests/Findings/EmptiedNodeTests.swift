import Testing
import Tipin
import TipinDiagnostics
import TipinTestSupport

struct EmptiedNodeTests {
    @Test(arguments: [true, false]) func `a remote is asked for only where there is none`(_ hasRemote: Bool)
        async throws
    {
        let book = try TestBook(hasRemote: hasRemote)
        try book.write(Chapter.text(#"{"src":"$data1"}"#))
        let reports = [try await book.run(.migrate), try await book.check()]
        for report in reports {
            let help = try #require(report.problems(.srcRemoved).first?.help.first)
            #expect(help.hasPrefix(hasRemote ? "run 'tipin sync' with the document" : "name a remote and run"))
        }
    }
}
