internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// The fifth stage: a file's documents with their outcomes become new bytes, or the very same.
struct Rewrite: Sendable {
    let workspace: Workspace
    let options: RunOptions

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
        let rewriter = DocumentRewriter(workspace, options)
        var result = RewrittenFile(loaded)
        var edits: [Edit] = []
        for part in parts {
            let rewrite = rewriter.rewrite(part.work, part.outcomes)
            result.diagnostics += diagnostics(rewrite, part, loaded)
            guard rewrite.refusal == nil else {
                result.refusedDocuments += 1
                result.refusedLines.append(part.range)
                continue
            }
            let offset = part.work.loaded.offset
            edits += rewrite.edits.map { edit in
                Edit((edit.range.lowerBound + offset)..<(edit.range.upperBound + offset), edit.replacement)
            }
            if let bytes = rewrite.sidecar, let sidecar = part.work.loaded.sidecar {
                result.sidecar = RewrittenFile.NewSidecar(path: sidecar.path, original: sidecar.bytes, bytes: bytes)
            }
            result.changedMentions += rewrite.changedMentions
            // What a dry run would import it would write too.
            let isPlanned = part.outcomes.contains(where: \.isPlanned)
            if !rewrite.edits.isEmpty || rewrite.sidecar != nil || isPlanned { result.changedDocuments += 1 }
        }
        result.edits = edits.sortedByPlace()
        result.bytes = result.edits.applied(to: loaded.bytes)
        check(&result, parts)
        return result
    }

    private func diagnostics(_ rewrite: DocumentRewrite, _ part: Part, _ loaded: LoadedFile) -> [Diagnostic] {
        var diagnostics = PlaceFinder(loaded).diagnostics(part.findings + rewrite.findings, in: part.work.loaded)
        diagnostics += ForeignManifests.diagnostics(in: part.work.loaded, of: loaded)
        if var refusal = rewrite.refusal {
            if case .folder(let folder) = options.destination {
                let older = folder + "/" + loaded.file.relativePath
                if Paths.exists(older) { refusal.notes.append("'\(older)' stays as an earlier run wrote it") }
            }
            let place = Place(file: loaded.file.label, line: part.work.loaded.line)
            diagnostics.append(Diagnostic(refusal, at: place))
        }
        return diagnostics
    }

    /// The output is read once more: it must be a document of the same kind with as many mentions. Anything else is a
    /// bug of ours, and the file stays as it was.
    private func check(_ result: inout RewrittenFile, _ parts: [Part]) {
        guard !result.edits.isEmpty else { return }
        let collect = Collect(workspace.settings)
        let output = collect.documents(in: result.bytes, of: result.loaded.file)
        let before = result.loaded.documents.map { Shape($0.collected) }
        let after = output.map { Shape($0.collected) }
        guard after != before else { return }
        result.diagnostics.append(
            Diagnostic(
                Problem(
                    .internalError, "rewriting would have damaged the document; nothing was written",
                    notes: ["the output does not read as the input did"] + Self.firstDifference(before, after),
                    help: ["report it with the document, which is unharmed"]),
                at: Place(file: result.loaded.file.label)))
        result.discard(parts.map(\.range))
    }

    private static func firstDifference(_ before: [Shape], _ after: [Shape]) -> [String] {
        let (old, new) = (before.flatMap(\.pointers), after.flatMap(\.pointers))
        let lost = Set(old).subtracting(new).sorted().first.map { "'\($0)' is a mention no more" }
        let found = Set(new).subtracting(old).sorted().first.map { "'\($0)' became a mention" }
        return [lost, found].compactMap(\.self)
    }

    private struct Shape: Equatable {
        let kind: CollectedDocument.Kind
        let id: String?
        let mentionCount: Int
        let pointers: [String]

        init(_ document: CollectedDocument) {
            kind = document.kind
            id = document.id
            mentionCount = document.mentions.count
            pointers =
                document.mentions.count > 10_000
                ? [] : document.mentions.map { document.ownerPointer(of: $0) }
        }
    }
}
