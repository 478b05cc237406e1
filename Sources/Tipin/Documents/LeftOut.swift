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
        /// A symbolic link with the name of a document that leads nowhere now: a disk may be missing; what it says.
        case linkToNothing(String)
        /// A symbolic link to a document that is found by its own name too, and is written once; that name.
        case secondName(String)
        /// A pipe, a device or the like with the name of a document.
        case noFile
        /// What the configuration excludes.
        case excluded
        /// A folder that walks keep out of.
        case hiddenFolder
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
        default: nil
        }
    }

    /// What is said where the other documents are worked on all the same; `nil` for what a person left out.
    var diagnostic: Diagnostic? {
        switch reason {
        case .unreadable(let error): failed("folder could not be read, so what is in it was left out", error)
        case .unknown(let error): failed("file or folder could not be looked at, so it was left out", error)
        case .linkToFolder(let target): notFollowed(target, .note)
        case .linkToFile(let target): notFollowed(target, .warning)
        case .linkToNothing(let target):
            Diagnostic(
                Problem(
                    .documentUnreadable, "link leads nowhere",
                    notes: ["it leads to '\(Redaction.printable(target))', which does not exist"],
                    help: ["bring back what it leads to, or remove the link"]), at: Place(file: label))
        case .secondName(let name):
            Diagnostic(
                Problem(
                    .linkNotFollowed, "link is not in the output, only the document that it leads to",
                    notes: ["each document is written once, under its own name: '\(Redaction.printable(name))'"],
                    help: ["make the link again in the output folder if somebody reads the document by it"]),
                at: Place(file: label))
        case .noFile:
            Diagnostic(
                Problem(
                    .documentUnreadable, "no regular file, so it was left out",
                    notes: ["it is a pipe, a device or the like, or a link to one"],
                    help: ["give it another name, or name it under 'exclude' in tipin.json"]),
                at: Place(file: label), severity: .warning)
        case .excluded, .hiddenFolder: nil
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

extension RunReport {
    /// Counts what a walk left out, and tells what is to be told.
    /// - Parameter isWhole: whether what was meant to be worked on is not done without it.
    mutating func leaveOut(_ place: LeftOut, isWhole: Bool = false) {
        switch place.reason {
        case .excluded: excludedPlaces += 1
        case .hiddenFolder: hiddenFolders += 1
        default:
            guard var diagnostic = place.diagnostic else { return }
            switch place.reason {
            case .linkToFile, .noFile: if isWhole { diagnostic.severity = .error }
            default: break
            }
            diagnostics.append(diagnostic)
        }
    }
}
