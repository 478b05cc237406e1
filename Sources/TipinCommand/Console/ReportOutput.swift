import Glibc
import Tipin
import TipinDiagnostics
import TipinFiles

/// Says what a run did.
struct ReportOutput {
    let common: CommonOptions
    /// `--report`.
    var file: String?

    func write(_ run: RunReport, _ settings: Settings?, options: RunOptions? = nil) throws -> ExitStatus {
        let report = Report(run, severities: settings?.severities ?? [:])
        if let file { try write(report.json(), to: Environment.absolute(file)) }
        switch common.format {
        case .text:
            Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
            if !common.quiet { Console.output(report.summary(options: options)) }
        case .json:
            Console.say(report.text(isColored: Environment.isColored(STDERR_FILENO)))
            Console.output(report.json())
        }
        return report.status
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try DocumentWriter(followsLinks: true).place(bytes, at: path)
    }
}
