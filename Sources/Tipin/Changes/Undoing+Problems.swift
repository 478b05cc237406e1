internal import TipinAssets
internal import TipinDiagnostics

/// What an undoing has to say.
extension Undoing {
    static let mentionChanged = Problem(
        .notUndone, "mention was changed after the run and stays",
        notes: ["the document is another now, and here it does not say what the run wrote"],
        help: ["change it by hand if the earlier picture is wanted"])

    static let documentChanged = Problem(
        .notUndone, "document was changed after the run and stays",
        notes: ["none of what the run wrote was found in it"])

    static func gone(_ path: String) -> Problem {
        Problem(
            .notUndone, "document is not there any more", notes: ["'\(Redaction.printable(path))'"],
            help: ["put it back where it was, then undo the run again by its id"])
    }

    static func outputChanged(_ path: String) -> Problem {
        Problem(
            .notUndone, "file was changed after the run and is not removed",
            notes: ["'\(Redaction.printable(path))'"], help: ["remove it by hand if nobody needs it"])
    }

    static func sidecarChanged(_ path: String) -> Problem {
        Problem(
            .notUndone, "manifest file was changed after the run and stays",
            notes: ["'\(Redaction.printable(path))'"], help: ["remove it by hand if nobody needs it"])
    }

    static func assetGone(_ asset: NamedAsset) -> Problem {
        Problem(
            .blobMissing, "what the document named before is not here any more",
            notes: ["asset '\(Redaction.printable(asset.assetID))', SHA-256 \(asset.sha256)"],
            help: ["put the picture in again with 'tipin assets add', then undo the run by its id"])
    }

    static func linkGone(_ link: LinkStep.Link) -> Problem {
        Problem(
            .notUndone, "link cannot be made again because its asset is gone",
            notes: [
                "asset '\(Redaction.printable(link.assetID))' was the \(Redaction.printable(link.role)) of "
                    + "\(Redaction.printable(link.entity.type.rawValue)) '\(Redaction.printable(link.entity.id))'"
            ])
    }
}
