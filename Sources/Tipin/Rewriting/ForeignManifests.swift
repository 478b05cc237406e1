internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Members `fileRefs` that are no manifests: they are left alone, and the person is told.
enum ForeignManifests {
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile) -> [Diagnostic] {
        let foreign = document.collected.manifests.filter(\.isForeign)
        guard !foreign.isEmpty else { return [] }
        let finder = PlaceFinder(file)
        return foreign.map { manifest in
            let place = finder.place(
                ofOffset: document.offset + Int(manifest.value.start), length: manifest.value.count,
                pointer: manifest.pointer + "/" + Manifest.memberName,
                from: .init(document))
            return Diagnostic(problem, at: place)
        }
    }

    private static let problem = Problem(
        .manifestForeign, "member 'fileRefs' is something else than a manifest and is left alone",
        notes: ["the manifest is kept in a file beside the document"])
}
