internal import TipinDiagnostics

/// The sum of a run in a few lines, and what to do next.
struct Summary {
    private let report: RunReport
    private let options: RunOptions?
    /// Whether the command does not succeed, be it that only a flag makes what was found so heavy.
    private let isFailure: Bool

    init(_ report: RunReport, _ options: RunOptions?, isFailure: Bool) {
        self.isFailure = isFailure
        self.report = report
        self.options = options
    }

    var text: String {
        var lines = [main]
        lines += returned
        // Each by its name: nobody should have to guess what is gone.
        lines += report.removedFiles.map { "removed \(Redaction.printable($0))" }
        if report.foreignFiles > 0 {
            let isOne = report.foreignFiles == 1
            lines.append(
                "\(Self.count(report.foreignFiles, "JSON file")) \(isOne ? "is no document" : "are no documents")")
        }
        if let passedOver { lines.append(passedOver) }
        if report.errorCount + report.warningCount > 0 {
            lines.append("\(Self.count(report.errorCount, "error")), \(Self.count(report.warningCount, "warning"))")
        }
        // What went to a folder of its own and replaced nothing is as easily removed by hand.
        let isAlone = options?.destination.isFolder == true && report.removedFiles.isEmpty && report.replacedFiles == 0
        if let undo = report.undo, !isAlone { lines.append("undo with: \(undo)") }
        if let step = nextStep { lines.append(step) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What a walk did not look at, though documents may be in it.
    private var passedOver: String? {
        var parts: [String] = []
        if report.excludedPlaces > 0 {
            let isOne = report.excludedPlaces == 1
            parts.append("\(report.excludedPlaces) \(isOne ? "file or folder" : "files or folders") excluded")
        }
        if report.hiddenFolders > 0 { parts.append("\(Self.count(report.hiddenFolders, "hidden folder")) passed over") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Where files were put back: a run may be of another day, and of another folder than the one at hand.
    private var returned: [String] {
        let paths = report.returnedFiles
        guard paths.count > 3 else { return paths.map { "put back \(Redaction.printable($0))" } }
        let folder = paths.dropFirst().reduce(Paths.parent(of: paths[0])) { Paths.folder($0, widenedTo: $1) }
        return ["put back below \(Redaction.printable(folder))"]
    }

    private var main: String {
        let read = "\(Self.count(report.documents, "document")), \(Self.count(report.mentions, "image mention"))"
        switch report.command {
        case "scan", "check": return "\(report.command): \(read)"
        case "undo":
            // A journal knows files, whether they hold one document or many.
            var parts = ["\(Self.count(report.writtenFiles.count - report.partlyDoneDocuments, "file")) put back"]
            if report.partlyDoneDocuments > 0 { parts.append("\(report.partlyDoneDocuments) put back in part") }
            if !report.removedFiles.isEmpty { parts.append("\(Self.count(report.removedFiles.count, "file")) removed") }
            let left = report.failedDocuments - report.partlyDoneDocuments
            if left > 0 { parts.append("\(left) not done") }
            return "undo: run \(report.run ?? ""): \(parts.joined(separator: ", "))"
        case "apply": return "apply: \(Self.count(report.documents, "file")): \(work)"
        case "sync" where options?.paths.isEmpty ?? true:
            return "sync: \(report.uploads) uploaded, \(report.downloads) downloaded"
        default: return "\(report.command): \(read): \(work)"
        }
    }

    private var work: String {
        var parts: [String] = []
        if report.plannedMentions > 0 { parts.append("\(report.plannedMentions) to import") }
        if report.importedAssets > 0 {
            parts.append(
                "\(Self.count(report.importedAssets, "asset")) imported (\(Self.size(report.importedBytes)))")
        }
        if report.uploads > 0 { parts.append("\(report.uploads) uploaded") }
        if report.downloads > 0 { parts.append("\(report.downloads) downloaded") }
        let changed = Self.count(report.changedDocuments, report.command == "apply" ? "file" : "document")
        parts.append(report.isDryRun ? "\(changed) would change" : "\(changed) changed")
        if report.copiedDocuments > 0 { parts.append("\(report.copiedDocuments) copied") }
        if !report.removedFiles.isEmpty { parts.append("\(report.removedFiles.count) removed") }
        if report.failedDocuments > 0 { parts.append("\(report.failedDocuments) not done") }
        return parts.joined(separator: ", ")
    }

    private var nextStep: String? {
        if options?.destination == .plan {
            guard let plan = options?.plan, report.plannedDocuments > 0 else { return nil }
            return "no document was written; carry the plan out with 'tipin apply \(Redaction.printable(plan))'"
        }
        if report.command == "apply", report.isDryRun {
            return report.changedDocuments == 0 ? nil : "nothing was written; leave out --dry-run to do it"
        }
        if report.isDryRun, report.command == "sync" {
            return report.changedDocuments == 0 || options?.paths.isEmpty ?? true
                ? nil : "no document was written; give --in-place or --output DIR to do it"
        }
        if report.isDryRun, report.changedDocuments > 0 {
            if options?.paths == ["-"] { return "nothing was imported; leave out --dry-run to do it" }
            return "nothing was written; give --in-place or --output DIR to do it"
        }
        if report.isDryRun, report.errorCount == 0 { return nil }
        switch (report.command, report.errorCount) {
        // A configuration may have made the errors less; what was not done is not done.
        case (_, 0) where report.failedDocuments > 0: return nil
        case ("undo", 1...): return "mend what is named above and undo again; 'tipin undo --list' lists earlier runs"
        case ("publish", 0) where report.foreignDocuments > 0:
            return "every reader gets every picture of the documents that were done; "
                + "\(Self.count(report.foreignDocuments, "document")) of other books left alone"
        case ("publish", 0): return "every reader gets every picture"
        case ("check", 0) where isFailure: return "no broken assets, but findings that count with --fail-on"
        case ("check", 0): return "no broken assets"
        case (_, 1...) where report.status == .incomplete: return "run the command again later"
        case (_, 1...): return "mend what is named above, or look a code up: tipin explain CODE"
        default: return nil
        }
    }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Bytes with a unit, in powers of 1,000.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1000: "\(bytes) bytes"
        case ..<1_000_000: "\((bytes + 500) / 1000) kB"
        default: "\((bytes + 50_000) / 100_000 / 10).\((bytes + 50_000) / 100_000 % 10) MB"
        }
    }
}
