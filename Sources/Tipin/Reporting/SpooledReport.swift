package import TipinDiagnostics
internal import TipinFiles
internal import TipinJSON

/// The file of `--report` for a run over a stream, whose findings are not kept in memory until its figures are known.
package final class SpooledReport {
    private let path: String
    private let findings: LineSpool

    /// - Parameter path: absolute.
    package init(_ path: String) throws {
        self.path = path
        do throws(FileError) {
            findings = try LineSpool(in: Folder(opening: Paths.parent(of: path)))
        } catch {
            throw RunError.reportNotWritten(error.problem.notes)
        }
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
        do {
            try await BlockingThread.run(throwing: { [path, findings] in
                let stream = try DocumentWriter(followsLinks: true).stream(to: path, .either)
                try text.write(findings) { try stream.append($0) }
                let standing = Paths.exists(path) ? try StandingBytes(readFrom: OpenFile.following(path)) : nil
                try stream.finish(over: standing)
            })
        } catch {
            throw RunError.reportNotWritten(error.problem.notes)
        }
    }
}
