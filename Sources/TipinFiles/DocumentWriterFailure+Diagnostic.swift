package import TipinDiagnostics

extension DocumentWriter.Failure: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .changed:
            Problem(
                .documentChanged, "document changed while tipin worked on it",
                notes: ["the other change was kept, nothing was written"], help: ["run the command again"])
        case .changedTwice(_, let kept):
            Problem(
                .documentChanged, "document changed twice while tipin worked on it",
                notes: ["the later change stands, nothing of tipin's", "the one before it is kept at '\(kept)'"],
                help: ["compare the two, then run the command again"])
        case .notTakenBack(_, let kept):
            Problem(
                .documentNotWritten, "document could be neither written wholly nor put back",
                notes: [kept.map { "what stood there before is kept at '\($0)'" } ?? "the change stands"],
                help: [
                    kept == nil
                        ? "mend the disk or its permissions, then run the command again"
                        : "mend the disk or its permissions, compare the two, then run the command again"
                ])
        case .linked(let path):
            Problem(
                .documentLinked, "document or manifest file is a link",
                notes: ["'\(path)' is a symbolic link, or has more than one name"],
                help: ["name the file itself, or give --follow-links"])
        case .folderLinked(let path):
            Problem(
                .documentLinked, "folder of a document is a link",
                notes: ["'\(path)' leads elsewhere, or its way there does"],
                help: ["put a folder in the link's place, or give --follow-links"])
        case .file(let error): error.problem
        }
    }
}
