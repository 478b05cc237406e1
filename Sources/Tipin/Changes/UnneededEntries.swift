internal import TipinDiagnostics
internal import TipinDocument

/// Entries of manifests that mentions named before they were put back, and that nothing names since: they stay, for
/// somebody may have added to them.
enum UnneededEntries {
    /// - Parameters:
    ///   - documents: of the file as it was found.
    ///   - after: the same as they will be.
    static func notes(
        _ change: RecordedChange, from documents: [LoadedDocument], to after: [LoadedDocument]
    ) -> [Diagnostic] {
        zip(documents, after).compactMap { before, after in
            let gone = names(in: before.collected).subtracting(names(in: after.collected))
            let left = gone.intersection(ManifestEntries(of: after).keys.union(keys(inFileOf: change)))
            guard let first = left.min() else { return nil }
            let problem = Problem(
                .manifestUnused, "manifest keeps entries that no node names any more",
                notes: ["\(left.count) of them, e.g. '\(Redaction.printable(first.text))'"],
                help: ["'tipin resolve' with --prune-manifest removes them"])
            return Diagnostic(problem, at: Place(file: change.label, line: after.line))
        }
    }

    private static func names(in document: CollectedDocument) -> Set<ByteKey> {
        Set(
            document.mentions.compactMap { mention in
                document.details(of: mention, shorteningInline: true).assetID.map(ByteKey.init)
            })
    }

    /// Of the manifest file that the run left.
    private static func keys(inFileOf change: RecordedChange) -> Set<ByteKey> {
        guard let text = change.sidecar?.after?.bytes else { return [] }
        return text.withUnsafeBufferPointer { text in
            guard let start = text.firstIndex(of: UInt8(ascii: "{")),
                let entries = Manifest.entries(of: UnsafeBufferPointer(rebasing: text[start...]))
            else { return [] }
            return Set(entries.map { ByteKey($0.key) })
        }
    }
}
