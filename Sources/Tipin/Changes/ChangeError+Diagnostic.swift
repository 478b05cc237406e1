package import TipinDiagnostics

extension ChangeError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .runUnknown(let name):
            Problem(
                .runUnknown, "there is no run '\(Redaction.printable(String(name.prefix(40))))'",
                help: ["'tipin undo --list' lists all"])
        case .runAmbiguous(let name, let runs):
            Problem(
                .runUnknown, "several runs begin with '\(Redaction.printable(String(name.prefix(40))))'",
                notes: Array(runs.prefix(5)), help: ["give more of the id"])
        case .nothingToUndo:
            Problem(
                .runUnknown, "there is no run to undo",
                notes: ["a run that changes nothing leaves no journal, and what is undone is not undone again"],
                help: [
                    "'tipin undo --list' lists all of this store",
                    "name the store that the run used: --data-dir, or the tipin.json beside its documents by --config",
                ])
        case .runDamaged(let run, let words):
            Problem(
                .runDamaged, "journal of a run cannot be read", notes: ["run '\(run)': \(words)"],
                help: ["move it out of the data folder's 'runs' if it is of no use to you any more"])
        case .runForeign(let run, let origin, let files):
            Self.runForeign(run, origin, files)
        case .runIsFinal(let run):
            Problem(
                .runUnknown, "run '\(run)' cannot be undone",
                notes: ["it took back a run with --output, and kept nothing of what that had written"],
                help: ["run the command with --output again"])
        case .planInvalid(let path, let words):
            Problem(
                .planInvalid, "plan cannot be used", notes: ["'\(Redaction.printable(path))': \(words)"],
                help: ["make it again with --plan; nothing was written"])
        case .planForeign(let own, let used):
            Problem(
                .planInvalid, "plan belongs to another data folder",
                notes: ["it was made with '\(Redaction.printable(own))'", "this is '\(Redaction.printable(used))'"],
                help: ["name its data folder with --data-dir, or its tipin.json with --config"])
        case .planElsewhere(let paths):
            Problem(
                .planInvalid, "plan is for documents outside of the working folder",
                notes: paths.prefix(3).map { "it was made for '\(Redaction.printable($0))'" },
                help: [
                    "run it where it was made; or if you trust it, name what it may change: tipin apply PLAN "
                        + paths.prefix(3).map(ShellWord.quoted).joined(separator: " ")
                ])
        case .planOutside(let path):
            Problem(
                .planInvalid, "plan names a document that it may not change",
                notes: ["'\(Redaction.printable(path))' is below neither the working folder nor a PATH"],
                help: ["if you trust the plan, name the folder: tipin apply PLAN FOLDER"])
        case .planExists(let path):
            Problem(
                .usage, "file of --plan exists already", notes: ["'\(Redaction.printable(path))'"],
                help: ["name another file, or remove that one"])
        }
    }

    private static func runForeign(_ run: String, _ origin: ForeignOrigin, _ files: RunFiles?) -> Problem {
        let headline: String
        let fact: String
        var help: [String] = []
        switch origin {
        case .elsewhere(let path):
            headline = "run was not recorded in this data folder"
            fact = "its journal was written in '\(Redaction.printable(path))'"
            help = [
                "undo it where it was recorded: name that data folder with --data-dir, "
                    + "or move it and the documents back"
            ]
        case .replaced(let path):
            headline = "data folder is another than the one that recorded the run"
            fact = "its journal was written in the folder that stood at '\(Redaction.printable(path))' then"
        case .unsaid:
            headline = "run does not say where it was recorded"
            fact = "its journal names no folder"
        }
        // The root is no answer: it would allow everything.
        let folder = files.map(\.folder).flatMap { $0 == "/" ? nil : $0 }
        let below = "tipin undo \(run) --below \(folder.map(ShellWord.quoted) ?? "PATH")"
        let areGone = files?.areGone ?? false
        if !areGone {
            help.append("if you trust it, name what it may change: \(below)")
        } else if help.isEmpty {
            help.append("move the documents back to where they were, then name what it may change: \(below)")
        }
        let place = folder.map { folder in
            "its files are named below '\(Redaction.printable(folder))'" + (areGone ? ", where none stands now" : "")
        }
        return Problem(
            .runForeign, headline,
            notes: ["run '\(run)': \(fact)"] + (place.map { [$0] } ?? []) + [
                "a journal that was moved, copied, brought back or came with documents may name any file"
            ], help: help)
    }
}
