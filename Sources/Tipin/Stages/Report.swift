package import TipinDiagnostics
internal import TipinJSON

/// The last stage: what a run did, said to a person or to a machine.
package struct Report: Sendable {
    private let report: RunReport

    /// - Parameter report: its findings weigh what they are to weigh.
    package init(_ report: RunReport) { self.report = report }

    package var status: ExitStatus { report.status }

    /// - Parameter severity: the lightest that counts as a failure.
    package func status(failingOn severity: Severity) -> ExitStatus {
        guard report.status == .success else {
            return severity == .error ? report.status : max(report.status, .failure)
        }
        let isFound = Severity.allCases.contains { $0 <= severity && report.count(of: $0) > 0 }
        return isFound ? .failure : .success
    }

    /// What is to be said of single places, for a terminal.
    /// - Parameter isFolded: of many that say the same only a few are shown; `false` where each is of something that
    ///   the user named.
    package func text(isColored: Bool, isFolded: Bool = true) -> String {
        let renderer =
            isFolded
            ? TerminalRenderer(isColored: isColored) : TerminalRenderer(isColored: isColored, groupLimit: .max - 1)
        return renderer.render(report.diagnostics)
    }

    /// The last lines: the sum and the next step.
    /// - Parameter severity: from which on `check` does not succeed.
    package func summary(options: RunOptions? = nil, failingOn severity: Severity = .error) -> String {
        Summary(report, options, isFailure: status(failingOn: severity) != .success).text
    }

    /// One object on one line.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        report.write(to: &writer)
        return writer.bytes
    }

    /// One finding a line.
    package func findings() -> [UInt8] { Self.findings(report.diagnostics) }

    /// One finding a line.
    package static func findings(_ diagnostics: [Diagnostic]) -> [UInt8] {
        var writer = JSONWriter()
        for diagnostic in diagnostics.sorted(by: Diagnostic.canonicalOrder) {
            diagnostic.write(to: &writer)
            writer.newline()
        }
        return writer.bytes
    }
}
