internal import TipinDiagnostics

/// What it means that bytes were not brought here, for each mention that needs them.
enum RecoveryVerdict: Sendable {
    /// They are nowhere; the notes say where they were looked for.
    case missing(notes: [String], isTransient: Bool)
    /// They were found and cannot be taken in.
    case unusable(Problem)
    /// A dry run takes nothing in and asks no hosts.
    case planned

    /// Documents may call the same bytes by different names: each is told of its own.
    func resolution(of asset: ResolvedAsset) -> Resolution {
        switch self {
        case .missing(let notes, let isTransient):
            .left(
                Problem(
                    .blobMissing, "image bytes are not here and nowhere to be found",
                    notes: ["asset '\(asset.documentID)', SHA-256 \(asset.sha256)"] + notes.prefix(3),
                    help: ["put the picture in again, or search a folder for it: tipin migrate --search DIR"],
                    isTransient: isTransient))
        case .unusable(let problem): .left(problem)
        case .planned: .planned("bring its bytes here")
        }
    }
}
