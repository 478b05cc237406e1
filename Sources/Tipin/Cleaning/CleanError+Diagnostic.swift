package import TipinDiagnostics

extension CleanError: DiagnosticConvertible {
    package var problem: Problem {
        switch self {
        case .documentsUnread(let failures):
            Problem(
                .documentsUnread, "documents could not be read, so nothing was cleaned up",
                notes: ["what a document names is not known until it can be read: \(failures.count) cannot"],
                help: ["mend the documents that are named here, or leave them out of --documents"])
        case .noDocuments(isStream: true):
            Problem(
                .noDocuments, "standard input held no documents, so nothing was cleaned up",
                help: ["send the documents there, one a line, or name files and folders with --documents"])
        case .noDocuments(isStream: false):
            Problem(
                .noDocuments, "no documents were found, so nothing was cleaned up",
                help: ["name with --documents the files and folders that hold the documents"])
        case .noDocumentsOfBook(let book):
            Problem(
                .noDocuments, "no document of book '\(Redaction.printable(book))' was found",
                notes: ["with --book all of its documents must be named, so nothing was cleaned up"],
                help: ["name with --documents the complete set of the book's documents, or leave out --book"])
        case .setIncomplete(let book, let documents):
            Problem(
                .documentsUnread, "documents of book '\(Redaction.printable(book))' are missing from the set",
                notes: ["with --book all of its documents must be named, so nothing was cleaned up"]
                    + documents.prefix(3).map { "\(Redaction.printable($0)) made links and was not read" }
                    + (documents.count > 3 ? ["and \(documents.count - 3) more"] : []),
                help: [
                    "name with --documents the complete set of the book's documents, or leave out --book",
                    "take the links of one that is gone for good away with 'tipin assets unlink'",
                ])
        case .documentChanged(let path):
            Problem(
                .documentChanged, "document changed while it was looked at",
                notes: ["'\(Redaction.printable(path))'", "clean-up stopped before anything that it may name"],
                help: ["run the command again"], isTransient: true)
        }
    }

    /// What is to be said of single documents.
    package var diagnostics: [Diagnostic] {
        if case .documentsUnread(let failures) = self { return failures }
        return []
    }
}
