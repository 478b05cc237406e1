internal import TipinDiagnostics
internal import TipinFiles

/// A place in which documents may stand that a walk did not find.
struct LeftOut {
    enum Reason {
        /// A folder that cannot be listed.
        case unreadable(FileError)
        /// What cannot be looked at: it may be a document, a folder or a link to one.
        case unknown(FileError)
        /// A symbolic link, which could lead round in a circle, to a folder that was not walked by its own name; where
        /// it leads.
        case linkToFolder(String)
        /// A symbolic link to what looks like a document outside of all that was named; where it leads.
        case linkToFile(String)
    }

    /// As the person would name it.
    var label: String
    /// The path below the folder that was named.
    var relative: String
    var reason: Reason

    /// Why it could not be read or looked at; `nil` for what was left out knowingly.
    var error: FileError? {
        switch reason {
        case .unreadable(let error), .unknown(let error): error
        case .linkToFolder, .linkToFile: nil
        }
    }

    /// What is said where the other documents are worked on all the same.
    var diagnostic: Diagnostic {
        switch reason {
        case .unreadable(let error): failed("folder could not be read, so what is in it was left out", error)
        case .unknown(let error): failed("file or folder could not be looked at, so it was left out", error)
        case .linkToFolder(let target): notFollowed(target, .note)
        case .linkToFile(let target): notFollowed(target, .warning)
        }
    }

    private func failed(_ headline: String, _ error: FileError) -> Diagnostic {
        Diagnostic(
            Problem(
                .documentUnreadable, headline, notes: error.problem.notes,
                help: ["mend its permissions, or name it under 'exclude' in tipin.json"]), at: Place(file: label))
    }

    private func notFollowed(_ target: String, _ severity: Severity) -> Diagnostic {
        Diagnostic(
            Problem(
                .linkNotFollowed, "link was not followed, so what it leads to was left out",
                notes: ["it leads to '\(Redaction.printable(target))'"],
                help: ["name that path too if it is meant, or the link under 'exclude' in tipin.json"]),
            at: Place(file: label), severity: severity)
    }
}
