import Testing

@testable import TipinDiagnostics

struct DiagnosticOrderTests {
    private static func diagnostic(
        _ file: String?, _ offset: Int?, _ code: DiagnosticCode, _ headline: String = "x"
    ) -> Diagnostic {
        Diagnostic(Problem(code, headline), at: file.map { Place(file: $0, offset: offset) })
    }

    /// In the order in which they must come out.
    private static let ordered = [
        diagnostic(nil, nil, .usage), diagnostic("a.json", nil, .notJSON), diagnostic("a.json", 2, .assetMissing),
        diagnostic("a.json", 2, .blobMissing), diagnostic("a.json", 2, .legacyURL, "a"),
        diagnostic("a.json", 2, .legacyURL, "b"), diagnostic("a.json", 2, .manifestUnused),
        diagnostic("a.json", 10, .assetMissing), diagnostic("b.json", 1, .assetMissing),
    ]

    @Test func `diagnostics come by file, offset, severity, code and headline`() {
        #expect(Self.ordered.map(\.severity).suffix(5) == [.warning, .warning, .note, .error, .error])
        for rotation in Self.ordered.indices {
            let turned = Array(Self.ordered[rotation...] + Self.ordered[..<rotation])
            #expect(turned.sorted(by: Diagnostic.canonicalOrder) == Self.ordered)
            #expect(turned.reversed().sorted(by: Diagnostic.canonicalOrder) == Self.ordered)
        }
    }

    @Test func `a place may weigh more than its code`() {
        let problem = Problem(.legacyURL, "x")
        #expect(Diagnostic(problem).severity == .warning)
        #expect(Diagnostic(problem, severity: .error).severity == .error)
    }

    @Test func `heavier severities come first`() {
        #expect([Severity.note, .error, .warning].sorted() == [.error, .warning, .note])
    }
}
