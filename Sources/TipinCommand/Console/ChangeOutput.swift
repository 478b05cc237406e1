import Glibc
import Tipin
import TipinDiagnostics

/// Prints the changes themselves, where they are asked for: `--diff` for people, `--format json-patch` for programs.
struct ChangeOutput {
    private let common: CommonOptions
    private let showsDifferences: Bool

    /// - Throws: where two things were to have standard output.
    init(_ common: CommonOptions, showsDifferences: Bool) throws {
        if showsDifferences, common.formatChoice != .text { throw RunError.usage(Self.twoOutputs) }
        self.common = common
        self.showsDifferences = showsDifferences
    }

    /// `nil` where nobody asked for them.
    var show: (@Sendable (FileDifference) -> Void)? {
        if common.printsPatches { return { Console.output($0.patches()) } }
        guard showsDifferences else { return nil }
        let isColored = Environment.isColored(STDOUT_FILENO)
        return { Console.output($0.text(isColored: isColored)) }
    }

    /// Patches have standard output for themselves.
    func reportOutput(file: ReportFile?) -> ReportOutput {
        ReportOutput(common: common, file: file, leavesOutputAlone: common.printsPatches)
    }

    /// What a dry run cannot show: it reads no pictures.
    static func notShown(_ report: RunReport) -> Problem? {
        guard report.plannedMentions > 0 else { return nil }
        let isOne = report.plannedMentions == 1
        return Problem(
            .changesNotShown,
            isOne
                ? "change of 1 image mention is not shown"
                : "changes of \(report.plannedMentions) image mentions are not shown",
            notes: ["a dry run reads no pictures, and what is written for them follows from their bytes"],
            help: ["--plan FILE brings the pictures in and writes every edit down; no document is changed"])
    }

    private static let twoOutputs = Problem(
        .usage, "--diff is for people, --format for programs", help: ["give one of the two"])
}
