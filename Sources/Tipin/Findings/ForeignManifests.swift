internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Members `fileRefs` that are no manifests: they are left alone, and the person is told.
enum ForeignManifests {
    static func diagnostics(in document: LoadedDocument, of file: LoadedFile) -> [Diagnostic] {
        let collected = document.collected
        let elsewhere =
            document.line == nil
            ? "the manifest is kept in a file beside the document" : "a line has no other place for one"
        let findings = collected.manifests.filter(\.isForeign).map { manifest in
            let pointer = manifest.pointer + "/" + Manifest.memberName
            guard let fault = fault(in: manifest, of: collected) else {
                return ValueFinding(value: manifest.value.range, pointer: pointer, problem: problem([elsewhere]))
            }
            let key = CollectedDocument.pointerStep(fault.key)
            return ValueFinding(
                value: fault.value, pointer: pointer + "/" + key, problem: problem([fault.words, elsewhere]))
        }
        return PlaceFinder(file).diagnostics(findings, in: document)
    }

    /// `nil` where it is no object at all.
    private static func fault(in manifest: ManifestPlace, of document: CollectedDocument) -> EntryFault? {
        document.bytes.withUnsafeBufferPointer { text in
            let start = Int(manifest.value.start)
            guard manifest.value.isPresent, text[start] == UInt8(ascii: "{") else { return nil }
            return ManifestIndex(text, objectAt: start).firstFault(in: text)
        }
    }

    private static func problem(_ notes: [String]) -> Problem {
        Problem(
            .manifestForeign, "member 'fileRefs' is something else than a manifest and is left alone", notes: notes)
    }
}
