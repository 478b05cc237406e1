internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Members `fileRefs` that are no manifests: they are left alone, and the person is told.
enum ForeignManifests {
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile) -> [Diagnostic] {
        let problem = problem(isLine: document.line != nil)
        let findings = document.collected.manifests.filter(\.isForeign).map { manifest in
            ValueFinding(
                value: manifest.value.range, pointer: manifest.pointer + "/" + Manifest.memberName, problem: problem)
        }
        return PlaceFinder(file).diagnostics(findings, in: document)
    }

    private static func problem(isLine: Bool) -> Problem {
        Problem(
            .manifestForeign, "member 'fileRefs' is something else than a manifest and is left alone",
            notes: [isLine ? "a line has no other place for one" : "the manifest is kept in a file beside the document"]
        )
    }
}
