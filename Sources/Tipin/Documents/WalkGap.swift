internal import TipinDiagnostics
internal import TipinFiles

/// A part of a named folder that is not walked, though documents may be in it. Each has its label: the path as the
/// person would name it.
enum WalkGap {
    /// A folder that cannot be listed.
    case unreadable(String, FileError)
    /// A symbolic link that leads out of all that was named, to a folder or to what looks like a document; `relative`
    /// is its path below PATH.
    case linkOut(String, relative: String, to: String)

    var diagnostic: Diagnostic {
        switch self {
        case .unreadable(let label, let error):
            Diagnostic(
                Problem(
                    .documentUnreadable, "folder could not be read, so what is in it was left out",
                    notes: error.problem.notes,
                    help: ["mend its permissions, or name it under 'exclude' in tipin.json"]),
                at: Place(file: label))
        case .linkOut(let label, _, let target):
            Diagnostic(
                Problem(
                    .linkNotFollowed, "link leads out of the folder, so what it leads to was left out",
                    notes: ["it leads to '\(Redaction.printable(target))'"],
                    help: ["name that path too if it is meant, or the link under 'exclude' in tipin.json"]),
                at: Place(file: label))
        }
    }
}
