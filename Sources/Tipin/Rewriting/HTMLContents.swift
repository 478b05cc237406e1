internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Contents that are HTML: they are left alone, and the person is told of each picture in them.
enum HTMLContents {
    /// - Parameter severity: an error where the document cannot be published with it.
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile, _ severity: Severity) -> [Diagnostic] {
        guard !document.collected.htmlContents.isEmpty else { return [] }
        let finder = PlaceFinder(file)
        func diagnostic(_ offset: UInt32, _ length: Int, _ pointer: String, _ notes: [String]) -> Diagnostic {
            let place = finder.place(
                ofOffset: document.offset + Int(offset), length: length, pointer: pointer, from: .init(document))
            return Diagnostic(problem(notes), at: place, severity: severity)
        }
        return document.collected.htmlContents.flatMap { html -> [Diagnostic] in
            guard !html.images.isEmpty else {
                return [diagnostic(html.value.start, html.value.count, html.pointer, [])]
            }
            return html.images.map { image in
                let shown = Redaction.redacted(String(image.address.prefix(200)))
                return diagnostic(
                    image.value.start, image.value.count, html.pointer, ["'\(image.name)' is '\(shown)'"])
            }
        }
    }

    static func problem(_ notes: [String] = []) -> Problem {
        Problem(
            .htmlContent, "content is HTML, which tipin does not rewrite", notes: notes,
            help: ["open and save the chapter in the editor, so that its content becomes a TipTap document"])
    }
}
