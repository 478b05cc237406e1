import Testing
import TipinAssets
import TipinDiagnostics

struct ImageErrorTests {
    @Test(arguments: [
        (ImageError.damaged("libpng\u{1B}[31m"), DiagnosticCode.imageDamaged),
        (.tooLarge("9 frames"), .imageTooLarge),
        (.workerFailed("gone"), .imageWorkerFailed),
    ]) func `each error has its code and the cause as a note`(error: ImageError, code: DiagnosticCode) {
        let problem = error.problem
        #expect(problem.code == code)
        #expect(problem.notes.count == 1)
        #expect(!problem.notes[0].unicodeScalars.contains { $0.value < 0x20 })
        #expect(!problem.isTransient)
    }
}
