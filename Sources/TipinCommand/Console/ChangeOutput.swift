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

    private static let twoOutputs = Problem(
        .usage, "--diff is for people, --format for programs", help: ["give one of the two"])
}
