internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Contents that are HTML: they are left alone, and the person is told of each picture in them.
enum HTMLContents {
    /// - Parameter severity: an error where the document cannot be published with it.
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile, _ severity: Severity) -> [Diagnostic] {
        let findings = document.collected.htmlContents.flatMap { html -> [ValueFinding] in
            func finding(_ value: ByteRange, _ notes: [String]) -> ValueFinding {
                ValueFinding(value: value.range, pointer: html.pointer, problem: problem(notes), severity: severity)
            }
            guard !html.images.isEmpty else { return [finding(html.value, [])] }
            return html.images.map { image in
                let shown = Redaction.redacted(String(image.address.prefix(200)))
                return finding(image.value, ["'\(image.name)' is '\(shown)'"])
            }
        }
        return PlaceFinder(file).diagnostics(findings, in: document)
    }

    static func problem(_ notes: [String] = []) -> Problem {
        Problem(
            .htmlContent, "content is HTML, which tipin does not rewrite", notes: notes,
            help: ["open and save the chapter in the editor, so that its content becomes a TipTap document"])
    }
}
