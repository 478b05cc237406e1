internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The fifth stage: a file's documents with their outcomes become new bytes, or the very same.
struct Rewrite: Sendable {
    private let workspace: Workspace
    private let options: RunOptions
    private let rewriter: DocumentRewriter

    init(_ workspace: Workspace, _ options: RunOptions) {
        self.workspace = workspace
        self.options = options
        rewriter = DocumentRewriter(workspace, options)
    }

    /// One document of the file that is worked on, with the outcomes of its mentions.
    struct Part: Sendable {
        var work: WorkDocument
        var outcomes: [MentionOutcome]
        /// What earlier stages found.
        var findings: [MentionFinding]

        /// In the file.
        var range: Range<Int> {
            work.loaded.offset..<(work.loaded.offset + work.loaded.collected.bytes.count)
        }
    }

    func run(_ loaded: LoadedFile, _ parts: [Part]) -> RewrittenFile {
        var result = RewrittenFile(loaded)
        var changes = FileChanges(loaded)
        for part in parts {
            let rewrite = rewriter.rewrite(part.work, part.outcomes)
            result.diagnostics += diagnostics(rewrite, part, loaded)
            guard rewrite.refusal == nil else {
                result.refusedDocuments += 1
                result.refusedLines.append(part.range)
                continue
            }
            if !rewrite.edits.isEmpty { result.parts.append((part.work.loaded, rewrite)) }
            changes.add(rewrite.edits, of: part.work.loaded)
            if let bytes = rewrite.sidecar, let sidecar = part.work.loaded.sidecar {
                result.sidecar = RewrittenFile.NewSidecar(path: sidecar.path, original: sidecar.bytes, bytes: bytes)
            }
            result.changedMentions += rewrite.changedMentions
            // What a dry run would import it would write too.
            let isPlanned = part.outcomes.contains(where: \.isPlanned)
            if !rewrite.edits.isEmpty || rewrite.sidecar != nil || isPlanned { result.changedDocuments += 1 }
        }
        guard !changes.isEmpty else { return result }
        if let bytes = changes.newBytes {
            result.edits = changes.edits
            result.bytes = bytes
        }
        if let fault = changes.fault(in: result.bytes, workspace.settings) {
            refuse(&result, parts, fault)
        }
        return result
    }

    private func diagnostics(_ rewrite: DocumentRewrite, _ part: Part, _ loaded: LoadedFile) -> [Diagnostic] {
        var diagnostics = PlaceFinder(loaded).diagnostics(part.findings + rewrite.findings, in: part.work.loaded)
        diagnostics += PlaceFinder(loaded).diagnostics(rewrite.valueFindings, in: part.work.loaded)
        diagnostics += ForeignManifests.diagnostics(in: part.work.loaded, of: loaded)
        let severity: Severity = options.profile == .publish ? .error : .warning
        diagnostics += HTMLContents.diagnostics(in: part.work.loaded, of: loaded, severity)
        diagnostics += UnreadContents.diagnostics(in: part.work.loaded, of: loaded, severity)
        if case .problem(var refusal)? = rewrite.refusal {
            refusal.notes += options.olderNotes(of: loaded.file)
            let place = Place(file: loaded.file.label, line: part.work.loaded.line)
            diagnostics.append(Diagnostic(refusal, at: place))
        }
        return diagnostics
    }

    /// A bug of ours: the file stays as it was.
    private func refuse(_ result: inout RewrittenFile, _ parts: [Part], _ fault: String) {
        result.diagnostics.append(
            Diagnostic(
                Problem(
                    .internalError, "rewriting would have damaged the document; nothing was written",
                    notes: ["the output would not read as the input did: \(fault)"]
                        + options.olderNotes(of: result.loaded.file),
                    help: ["report it with the document, which is unharmed"]),
                at: Place(file: result.loaded.file.label)))
        result.discard(parts.map(\.range))
    }
}
