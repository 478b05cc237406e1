import ArgumentParser
import Glibc
import Tipin
import TipinDiagnostics
import TipinJSON

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Put the documents of a run back.",
        discussion: """
            Each document gets its first bytes back. In one that changed after the run, the mentions that still say \
            what the run wrote are put back, and the others are named. Files that a run wrote with --output are \
            removed; what they replaced and what its --prune removed comes back. What could not be put back can be \
            undone again. Pictures stay in the store, and no remote is touched. An undoing is a run too: \
            'tipin undo RUN' with its id brings the documents back to what they were before it, but for that of a \
            run with --output, which keeps nothing of what it removes: run the command again. What went through a \
            pipe ('-') is not in any journal. A run whose journal was moved, copied or came with the documents is \
            undone only below the paths named with --below.
            """)

    @Argument(
        help: "The run's id or the beginning of it; the last that was not wholly undone by default.",
        transform: NameArgument.read)
    var run: String?

    @Flag(help: "List the runs that can be undone.")
    var list = false

    @Flag(help: "Forget the runs that are older than 90 days.")
    var prune = false

    @Flag(help: "Show each change: where it is, what stood there, what stands there now.")
    var diff = false

    @Option(
        help: ArgumentHelp(
            "Change files below this path only, also of a run that another folder recorded; may be repeated.",
            valueName: "path"),
        transform: PathArgument.read)
    var below: [String] = []

    @Option(help: ArgumentHelp("Write the run's report as JSON.", valueName: "file"), transform: PathArgument.read)
    var report: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if [list, prune, run != nil].count(where: { $0 }) > 1 {
            throw ValidationError("give one of RUN, --list and --prune")
        }
        if list || prune, !below.isEmpty { throw ValidationError("--below is for what is put back") }
    }

    func run() async throws {
        let command = self
        try await Session.run { try await command.undo() }
    }

    private func undo() async throws -> ExitStatus {
        let settings = try SettingsResolver(common.overrides).settings(for: nil)
        if list || prune { return try say(try RunList(settings, host: common.host)) }
        let changes = try ChangeOutput(common, showsDifferences: diff)
        let file = try ReportOutput.file(self.report, common.host)
        var report = try await UndoRun(settings, host: common.host).run(run, below: below, show: changes.show)
        report.apply(settings.severities)
        return try changes.reportOutput(file: file).write(report)
    }

    /// The runs, or those that were forgotten.
    private func say(_ list: RunList?) throws -> ExitStatus {
        let diagnostics = list?.diagnostics ?? []
        Console.say(TerminalRenderer(isColored: Environment.isColored(STDERR_FILENO)).render(diagnostics))
        let runs = try (prune ? list?.prune() : list?.runs) ?? []
        var writer = JSONWriter()
        for run in runs {
            switch common.format {
            case .json: run.write(to: &writer)
            case .text: Console.output(Self.line(run) + "\n")
            }
        }
        Console.output(writer.bytes)
        if !common.quiet {
            if prune {
                Console.say("\(runs.count) \(runs.count == 1 ? "run" : "runs") forgotten\n")
            } else if runs.isEmpty, diagnostics.isEmpty {
                Console.say("no run is recorded here\n")
            }
        }
        return diagnostics.isEmpty ? .success : .failure
    }

    private static func line(_ run: RecordedRun) -> String {
        var words = ["\(run.files) \(run.files == 1 ? "file" : "files")"]
        if run.isForeign { words.append("recorded in another folder") }
        if let output = run.output { words.append("in '\(Redaction.printable(output))'") }
        if let undone = run.undoes { words.append("took back \(undone)") }
        if run.left > 0 { words.append("\(run.left) not done") }
        if let undoing = run.undoneBy { words.append("undone by \(undoing)") }
        if !run.isFinished { words.append("not finished") }
        return "\(run.id)  \(run.startedAt)  \(run.command)  \(words.joined(separator: ", "))"
    }
}
