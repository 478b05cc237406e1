import Testing

@testable import TipinDiagnostics

struct ExplanationTests {
    @Test(arguments: DiagnosticCode.allCases)
    func `says of every code what it means, an example and what to do`(_ code: DiagnosticCode) {
        let explanation = code.explanation
        #expect(explanation.code == code)
        #expect(explanation.meaning.hasSuffix("."))
        #expect(!explanation.example.isEmpty)
        #expect(explanation.help.hasSuffix("."))
    }

    @Test(arguments: DiagnosticCode.allCases)
    func `fits into a terminal of 80 columns`(_ code: DiagnosticCode) {
        let lines = code.explanation.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.filter { $0.count > 80 }.isEmpty)
        #expect(lines.filter { $0.last == " " }.isEmpty)
    }

    @Test func `says something else of each code`() {
        let explanations = DiagnosticCode.allCases.map(\.explanation)
        #expect(Set(explanations.map(\.meaning)).count == explanations.count)
        #expect(Set(explanations.map(\.example)).count == explanations.count)
    }

    @Test func `tells of folders that are searched for bytes where they cannot be read`() {
        #expect(DiagnosticCode.documentUnreadable.explanation.meaning.contains("--search"))
    }

    @Test func `stands in three parts below the code and its severity`() {
        let explanation = Explanation(
            .dataURLInline,
            meaning: """
                The whole picture stands in the document as text, which makes it large and
                slow.
                """,
            example: "  = note: one\n\"src\": \"data:\"",
            help: "Run tipin migrate to move the bytes into the store, which keeps each picture once.")
        #expect(
            explanation.text == """
                warning[data-url-inline]

                The whole picture stands in the document as text, which makes it large and slow.

                Example:
                      = note: one
                    "src": "data:"

                What to do:
                    Run tipin migrate to move the bytes into the store, which keeps each picture
                    once.

                """)
    }

    @Test(arguments: [
        ("asset-mising", DiagnosticCode.assetMissing), ("Asset_Missing", .assetMissing), ("blob-damage", .blobDamaged),
        ("catalog-lock", .catalogLocked), ("svg", .svgRefused), ("usgae", .usage),
    ])
    func `finds the code that was meant`(_ text: String, _ code: DiagnosticCode) {
        #expect(DiagnosticCode.nearest(to: text).first == code)
    }

    @Test func `finds at most three codes, the nearest first`() {
        #expect(DiagnosticCode.nearest(to: "asset") == [.assetGone, .assetMissing, .assetUnknown])
        #expect(DiagnosticCode.nearest(to: "image-") == [.imageDamaged, .imageTooLarge, .imageWorkerFailed])
    }

    @Test(arguments: ["", "x", "zzzzzzzz", String(repeating: "asset-missing", count: 1000)])
    func `finds none for what resembles none`(_ text: String) {
        #expect(DiagnosticCode.nearest(to: text).isEmpty)
    }
}
