internal import TipinAssets
internal import TipinFiles

/// What a journal or a plan is told of a file of many lines.
///
/// Edits wait on the disk until the journal has them. Those of a plan, which somebody is to read and which is written a
/// whole file at a time, are kept in memory.
struct LineChanges {
    private let file: DocumentFile
    /// Absolute; where the file goes.
    private let path: String
    private let destination: Destination
    /// Of a run in place that changes something; in an output folder those that keep what stood there.
    private var edits: LineSpool?
    private var planned: (edits: [RecordedEdit], links: [DocumentLinks.Outcome]) = ([], [])
    /// What the documents name, and what they named before.
    private var assets: Set<NamedAsset> = []
    private var needs: Set<NamedAsset> = []

    init(_ file: DocumentFile, at path: String, _ destination: Destination) {
        self.file = file
        self.path = path
        self.destination = destination
    }

    var hasPlannedLinks: Bool { !planned.links.isEmpty }

    /// Adds those of the next piece.
    mutating func add(_ outcome: DocumentPipeline.Outcome, _ workspace: Workspace) throws {
        let piece = outcome.rewritten
        switch destination {
        case .nowhere: break
        case .folder: assets.formUnion(outcome.assets)
        case .plan:
            assets.formUnion(outcome.assets)
            planned.edits += piece.recordedEdits
            planned.links += outcome.links.filter { $0.order != nil }
        case .inPlace:
            guard !piece.edits.isEmpty, let spool = try edits ?? workspace.journalFolder()?.lineSpool() else { break }
            edits = spool
            let replaced = try piece.replacedAssets(workspace)
            needs.formUnion(replaced)
            assets.formUnion(outcome.assets + replaced)
            for edit in piece.recordedEdits { try spool.append(try RunLine.encode(edit)) }
        }
    }

    /// Takes what stands in an output folder, as edits that keep it, and what it names.
    /// - Throws: where it cannot be read.
    mutating func keep(_ standing: LineSpool, _ workspace: Workspace) throws {
        edits = standing
        let file = change(from: nil, to: nil).file
        assets.formUnion(try Naming.assets(inLines: file, Collect(workspace.settings)))
    }

    /// For the journal of a run.
    /// - Parameter before: what the new file replaces; `nil` for nothing.
    func batch(from before: FileState?, to after: FileState) -> Journal.Batch {
        var batch = Journal.Batch()
        batch.assets = Self.sorted(assets)
        if let edits {
            batch.spooled = SpooledChange(change: change(from: before, to: after), edits: edits)
        } else if destination.isFolder {
            batch.changes = [change(from: nil, to: after)]
        }
        return batch
    }

    /// For a plan.
    func plan(from before: FileState, to after: FileState) -> (DocumentPipeline.Outcome, RecordedChange?) {
        var change = change(from: before, to: after)
        change.edits = planned.edits
        let outcome = DocumentPipeline.Outcome(
            rewritten: RewrittenFile(LoadedFile(file: file, bytes: [], status: nil)), refusal: nil,
            links: planned.links, assets: Self.sorted(assets))
        return (outcome, change)
    }

    private func change(from before: FileState?, to after: FileState?) -> RecordedChange {
        RecordedChange(
            path: path, label: destination.isFolder ? path : file.label, kind: "lines", before: before, after: after,
            edits: [],
            needs: needs.isEmpty ? nil : Self.sorted(needs))
    }

    private static func sorted(_ assets: Set<NamedAsset>) -> [NamedAsset] {
        assets.sorted { $0.assetID < $1.assetID }
    }
}
