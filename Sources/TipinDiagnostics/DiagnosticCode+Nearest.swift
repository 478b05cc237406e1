extension DiagnosticCode {
    /// The codes that somebody who wrote this may have meant: at most three, the nearest first.
    package static func nearest(to text: String) -> [DiagnosticCode] {
        Spelling.nearest(to: text.replacing("_", with: "-"), of: allCases.map(\.rawValue))
            .compactMap(DiagnosticCode.init)
    }
}
