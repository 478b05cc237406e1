internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Contents that begin like a document in a string and cannot be followed: they are left alone, and nobody knows which
/// pictures they name.
enum UnreadContents {
    /// - Parameter severity: an error where the document cannot be published with it.
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile, _ severity: Severity) -> [Diagnostic] {
        let findings = document.collected.unreadContents.map { content in
            ValueFinding(
                value: content.value.range, pointer: content.pointer, problem: problem(content.error),
                severity: severity)
        }
        return PlaceFinder(file).diagnostics(findings, in: document)
    }

    static func problem(_ error: JSONError) -> Problem {
        Problem(
            .contentUnreadable, "content is a document in a string that cannot be read",
            notes: ["at byte \(error.offset) of the text: \(error.words)"],
            help: ["open and save the chapter in the editor, or restore it from a backup"])
    }
}
