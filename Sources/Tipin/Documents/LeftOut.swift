internal import TipinDiagnostics
internal import TipinFiles

/// A place in which documents may stand that a walk did not find.
struct LeftOut {
    enum Reason {
        case unreadable(FileError)
        /// A symbolic link, which could lead round in a circle, to a folder that was not walked by its own name.
        case link
    }

    /// As the person would name it.
    var label: String
    var reason: Reason

    /// What is said where the other documents are worked on all the same.
    var diagnostic: Diagnostic {
        let place = Place(file: label)
        switch reason {
        case .unreadable(let error):
            return Diagnostic(
                Problem(
                    .documentUnreadable, "folder could not be read, so what is in it was left out",
                    notes: error.problem.notes,
                    help: ["mend its permissions, or name it under 'exclude' in tipin.json"]), at: place)
        case .link:
            return Diagnostic(
                Problem(
                    .documentLinked, "link to a folder was not followed, so what is in it was left out",
                    help: ["name the folder itself too, or the link under 'exclude' in tipin.json"]), at: place,
                severity: .note)
        }
    }
}
