import Glibc
import Tipin
import TipinDiagnostics

/// Says what a run did.
struct ReportOutput {
    let common: CommonOptions
    /// `--report`.
    var file: ReportFile?
    /// Standard output belongs to the documents.
    var leavesOutputAlone = false

    func write(_ run: RunReport, options: RunOptions? = nil) throws -> ExitStatus {
        let report = Report(run)
        switch common.format {
        case .text:
            Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
            if !common.quiet { say(report.summary(options: options)) }
        case .json:
            Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
            say(String(decoding: report.json(), as: UTF8.self))
        }
        // Last: what was done is said even where it cannot be written down.
        try keep(report)
        return report.status
    }

    private func say(_ text: String) { leavesOutputAlone ? Console.say(text) : Console.output(text) }

    /// Writes the report where one is asked for.
    func keep(_ report: Report) throws { try file?.write(report) }

    /// The file of `--report`, looked at before anything is done.
    /// - Parameters:
    ///   - groups: whose documents it must not be one of.
    ///   - destination: of the run.
    static func file(
        _ name: String?, besides groups: [PathGroup] = [], _ host: Host, destination: Destination = .nowhere
    ) throws -> ReportFile? {
        guard let name else { return nil }
        let file = try ReportFile(name, at: Environment.absolute(name), destination: destination)
        try file.check(groups, host: host)
        return file
    }
}
