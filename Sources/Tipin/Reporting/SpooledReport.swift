package import TipinDiagnostics
internal import TipinFiles
internal import TipinJSON

/// The file of `--report` for a run over a stream, whose findings are not kept in memory until its figures are known.
package final class SpooledReport {
    private let file: ReportFile
    private let findings: LineSpool

    package init(_ file: ReportFile) throws {
        self.file = file
        findings = try file.spool()
    }

    package func add(_ diagnostics: [Diagnostic]) throws {
        for diagnostic in diagnostics.sorted(by: Diagnostic.canonicalOrder) {
            var writer = JSONWriter()
            diagnostic.write(to: &writer)
            do throws(FileError) {
                try findings.append(writer.bytes)
            } catch {
                throw RunError.reportNotWritten(error.problem.notes)
            }
        }
    }

    /// Writes the file.
    /// - Parameter report: without the findings that were added.
    package func write(_ report: RunReport) async throws {
        let text = SplicedArray("diagnostics", in: Report(report).json())
        try await BlockingThread.run(throwing: { [file, findings] in
            try file.write { output in try text.write(findings, to: output) }
        })
    }
}
