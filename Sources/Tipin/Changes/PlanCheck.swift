internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// Whether a document of a plan can be carried out as it stands: nothing is taken from the plan that the document
/// itself, its folder and the store do not bear out.
struct PlanCheck: Sendable {
    let settings: Settings
    let workspace: Workspace
    let roots: PlanRoots
    private let collect: Collect

    init(_ workspace: Workspace, roots: PlanRoots) {
        settings = workspace.settings
        self.workspace = workspace
        self.roots = roots
        collect = Collect(workspace.settings)
    }

    /// A document that may be written.
    struct Step: Sendable {
        var document: Plan.Document
        var bytes: [UInt8]
        var new: [UInt8]
        /// An earlier try has written it.
        var isDone = false
    }

    /// Why one must not.
    struct Refusal: Error, Sendable {
        var problem: Problem

        init(_ problem: Problem) { self.problem = problem }

        init(_ words: String) {
            problem = Problem(
                .planInvalid, "plan does not fit its document", notes: [words],
                help: ["make it again with --plan; nothing was written"])
        }
    }

    func check(_ document: Plan.Document) throws(Refusal) -> Step {
        let change = document.change
        guard roots.allow(change.path) else { throw Refusal(ChangeError.planOutside(change.path).problem) }
        guard let before = change.before, let after = change.after else { throw Refusal("it removes a document") }
        // Only files that are made again get them, and a plan makes none again.
        guard change.attributes == nil, change.sidecar?.attributes == nil else {
            throw Refusal("it sets who may read and write a file")
        }
        let loaded = collect.load(change.file)
        if let problem = loaded.diagnostics.first(where: { $0.severity == .error })?.problem, loaded.documents.isEmpty {
            throw Refusal(problem)
        }
        guard !loaded.documents.isEmpty else { throw Refusal("'\(change.path)' is no document") }
        let kind = RewrittenFile(loaded).kind
        guard change.kind == kind else { throw Refusal("it is a \(kind), not a \(change.kind)") }
        try checkAssets(document)
        try checkLinks(document, loaded)
        if after.holds(of: loaded.bytes), before != after {
            return Step(document: document, bytes: loaded.bytes, new: loaded.bytes, isDone: true)
        }
        guard before.holds(of: loaded.bytes) else { throw Refusal(Self.outdated(change.path)) }
        let new: [UInt8]
        do throws(RecordedChange.Fault) {
            new = try change.applied(to: loaded.bytes)
        } catch {
            throw Refusal(Self.words(error))
        }
        try checkSidecar(change, loaded)
        try checkMeaning(new, loaded)
        var step = Step(document: document, bytes: loaded.bytes, new: new)
        // An earlier try was stopped between the two.
        let sidecar = loaded.documents.first?.sidecar?.bytes
        if sidecar != nil, sidecar == change.sidecar?.after?.bytes {
            step.document.change.sidecar?.before = change.sidecar?.after
        }
        return step
    }

    // MARK: What it names

    private func checkAssets(_ document: Plan.Document) throws(Refusal) {
        for asset in document.assets {
            guard workspace.blobs?.findAnywhere(asset.sha256) != nil else {
                throw Refusal(Self.missing(asset.assetID, asset.sha256))
            }
        }
    }

    /// Links are made in the name of a document: only in its own.
    private func checkLinks(_ document: Plan.Document, _ loaded: LoadedFile) throws(Refusal) {
        guard !document.links.isEmpty else { return }
        let names = Set(
            loaded.documents.map { one in
                one.collected.kind.rawValue + "\u{0}" + one.catalogID(loaded.file, settings)
            })
        let ids = Set(document.links.flatMap { $0.links.map(\.assetID) })
        guard let catalog = workspace.catalog,
            let known = try? catalog.read({ try $0.assets(withIDs: ids.sorted()).map(\.id) }), known.count == ids.count
        else { throw Refusal("it links assets that the catalog does not know") }
        for order in document.links where !names.contains(order.mark.kind + "\u{0}" + order.mark.document) {
            throw Refusal("it makes links in the name of another document, '\(order.mark.document)'")
        }
    }

    private func checkSidecar(_ change: RecordedChange, _ loaded: LoadedFile) throws(Refusal) {
        guard let sidecar = change.sidecar else { return }
        let own = loaded.documents.first?.sidecar
        guard let own, loaded.documents.count == 1, sidecar.path.hasSameBytes(as: own.path) else {
            throw Refusal("'\(sidecar.path)' is not the document's manifest file")
        }
        guard sidecar.before?.bytes == own.bytes || sidecar.after?.bytes == own.bytes else {
            throw Refusal(Self.outdated(sidecar.path))
        }
        let isManifest = sidecar.after?.bytes.withUnsafeBufferPointer { text in
            ValueTree(Array(text)) != nil
                && text.firstIndex(of: UInt8(ascii: "{")).flatMap {
                    Manifest.entries(of: UnsafeBufferPointer(rebasing: text[$0...]))
                } != nil
        }
        guard isManifest == true else { throw Refusal("'\(sidecar.path)' would be no manifest file") }
    }

    // MARK: What it changes

    /// Only what mentions own and manifests may be another, and the mentions must stand where they stood.
    private func checkMeaning(_ new: [UInt8], _ loaded: LoadedFile) throws(Refusal) {
        let after = collect.documents(in: new, of: loaded.file)
        guard after.count == loaded.documents.count else { throw Refusal("the result would be no document") }
        let isLines = loaded.file.isLines
        if isLines, new.count(where: { $0 == 0x0A }) != loaded.bytes.count(where: { $0 == 0x0A }) {
            throw Refusal("the result would have other lines")
        }
        for (old, new) in zip(loaded.documents, after) {
            switch RewriteBounds(old.collected).fault(of: new.collected) {
            case nil: break
            case .otherMentions: throw Refusal("the result would have other mentions")
            case .noJSON: throw Refusal("the result would be no JSON")
            case .otherValue(let pointer):
                throw Refusal("it changes '\(Redaction.printable(String(pointer.prefix(200))))', which is no mention's")
            }
        }
    }

    // MARK: Words

    private static func words(_ fault: RecordedChange.Fault) -> String {
        switch fault {
        case .otherBytes: "it is for other bytes"
        case .outOfPlace(let offset): "an edit lies outside of the document or over another (byte \(offset))"
        case .otherOldBytes(let offset): "an edit is for other bytes than stand there (byte \(offset))"
        case .otherResult: "its edits lead to other bytes than it says"
        }
    }

    private static func outdated(_ path: String) -> Problem {
        Problem(
            .planOutdated, "file changed after the plan was made", notes: ["'\(Redaction.printable(path))'"],
            help: ["make the plan again; nothing was written"])
    }

    private static func missing(_ id: String, _ sha256: SHA256Digest) -> Problem {
        Problem(
            .blobMissing, "what the plan names is not here any more",
            notes: ["asset '\(Redaction.printable(id))', SHA-256 \(sha256)"],
            help: ["make the plan again; nothing was written"])
    }
}
