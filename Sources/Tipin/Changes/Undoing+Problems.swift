internal import TipinAssets
internal import TipinDiagnostics

/// What an undoing has to say.
extension Undoing {
    /// It is told by what the run wrote: where it is now, if it is anywhere, nobody knows.
    static func mentionChanged(_ edit: RecordedEdit) -> Problem {
        let written = WrittenMention(edit)
        let place = Redaction.shortened(Redaction.printable(edit.pointer ?? ""))
        return Problem(
            .notUndone, "mention was changed after the run and stays",
            notes: [
                "the run wrote \(written.shownNew)", "at '\(place)' of the document as it was then",
                "before, it said \(written.shownOld)",
            ],
            help: ["change it by hand if the earlier picture is wanted"])
    }

    /// What was a document when the run wrote it.
    static func noDocument(isJSON: Bool) -> Problem {
        Problem(
            .notUndone, isJSON ? "file is no document any more and stays" : "file is no JSON any more and stays",
            notes: ["nothing of what the run wrote can be found in it"],
            help: ["mend it, then undo the run again by its id"])
    }

    static let documentChanged = Problem(
        .notUndone, "document was changed after the run and stays",
        notes: ["none of what the run wrote was found in it"])

    /// What the run wrote into the manifest of a document that changed since: nothing reads an entry that no node
    /// names, and which of its members somebody relies on by now nobody can tell.
    /// - Returns: `nil` where it wrote nothing there.
    static func entriesStay(_ change: RecordedChange) -> Diagnostic? {
        guard change.edits.contains(where: { $0.pointer == nil }) else { return nil }
        let problem = Problem(
            .notUndone, "entries of the manifest stay as they are now",
            notes: ["the document was changed after the run, which had written into 'fileRefs' too"],
            help: ["'tipin resolve' writes what the catalog knows into them"])
        return Diagnostic(problem, at: Place(file: change.label), severity: .note)
    }

    /// A line that is known by its document's id, or by its number where it has none.
    static func lost(_ document: MentionRestorer.LostDocument) -> Problem {
        guard let id = document.id else {
            return Problem(
                .notUndone, "document is not in the file any more",
                notes: ["it had no id and stood on line \(document.line) when the run changed it"])
        }
        let note = "it has the id '\(Redaction.printable(String(id.prefix(200))))'"
        guard document.count > 0 else {
            return Problem(.notUndone, "document is not in the file any more", notes: [note])
        }
        return Problem(
            .notUndone, "document cannot be told from others with its id", notes: [note],
            help: ["leave one of them, then undo the run again by its id"])
    }

    static func gone(_ path: String) -> Problem {
        Problem(
            .notUndone, "document is not there any more", notes: ["'\(Redaction.printable(path))'"],
            help: ["put it back where it was, then undo the run again by its id"])
    }

    /// An undoing follows no links: what the run wrote through one is recorded where it is.
    static func notWritten(_ problem: Problem) -> Problem {
        guard problem.code == .documentLinked else { return problem }
        var problem = problem
        problem.help = ["put back what stood in the link's place, then undo the run again by its id"]
        return problem
    }

    /// - Parameter isRemoved: whether the run removed the file, so that nothing has to stand there.
    static func outside(_ path: String, isRemoved: Bool = false) -> Problem {
        let isThere = isRemoved || Paths.exists(path)
        let folder = ShellWord.quoted(Paths.parent(of: path))
        return Problem(
            .notUndone, "file lies outside of what may be changed",
            notes: ["'\(Redaction.printable(path))'"] + (isThere ? [] : ["nothing stands there now"]),
            help: [
                isThere
                    ? "if it is to be put back too, name its folder: --below \(folder)"
                    : "if it was moved, move it back, then name that folder: --below \(folder)"
            ])
    }

    /// - Parameter mark: of the first of perhaps many.
    static func linksUnplaced(_ mark: DocumentMark) -> Problem {
        let document = Redaction.printable(String(mark.document.prefix(200)))
        return Problem(
            .notUndone, "links stay whose document may lie outside of what may be changed",
            notes: ["the journal does not say in which file document '\(document)' stands"],
            help: ["remove the links with 'tipin assets unlink', or process the document again"])
    }

    static func outputChanged(_ path: String) -> Problem {
        Problem(
            .notUndone, "file was changed after the run and stays", notes: ["'\(Redaction.printable(path))'"],
            help: ["if nobody needs it, remove it and undo the run again by its id"])
    }

    static func outputTaken(_ path: String) -> Problem {
        Problem(
            .notUndone, "another file stands where the removed document was",
            notes: ["'\(Redaction.printable(path))'"],
            help: ["move it elsewhere, then undo the run again by its id"])
    }

    static func attributesLost(_ path: String, _ names: [String]) -> Problem {
        let shown = names.prefix(3).map { "'\(Redaction.shortened(Redaction.printable($0)))'" }
        return Problem(
            .notUndone, "file came back without extended attributes",
            notes: [
                "'\(Redaction.printable(path))'",
                "it had " + shown.joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : ""),
            ], help: ["set them by hand if they are wanted, on a file system that keeps them"])
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
