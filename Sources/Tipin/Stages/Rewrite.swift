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
        let sorted = edits.sortedByPlace()
        guard !sorted.overlap else {
            refuse(&result, parts)
            return result
        }
        result.edits = sorted
        result.bytes = result.edits.applied(to: loaded.bytes)
        check(&result, parts)
        return result
    }

    private func diagnostics(_ rewrite: DocumentRewrite, _ part: Part, _ loaded: LoadedFile) -> [Diagnostic] {
        var diagnostics = PlaceFinder(loaded).diagnostics(part.findings + rewrite.findings, in: part.work.loaded)
        diagnostics += ForeignManifests.diagnostics(in: part.work.loaded, of: loaded)
        diagnostics += HTMLContents.diagnostics(
            in: part.work.loaded, of: loaded, options.profile == .publish ? .error : .warning)
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

    /// The output is read once more: it must be a document of the same kind with the same mentions in their places.
    /// Anything else is a bug of ours, and the file stays as it was.
    private func check(_ result: inout RewrittenFile, _ parts: [Part]) {
        guard !result.edits.isEmpty else { return }
        let before = result.loaded.documents.map(\.collected)
        let after = Collect(workspace.settings).documents(in: result.bytes, of: result.loaded.file).map(\.collected)
        guard after.map(Shape.init) != before.map(Shape.init) else { return }
        refuse(&result, parts, Self.firstDifference(before, after))
    }

    private func refuse(_ result: inout RewrittenFile, _ parts: [Part], _ notes: [String] = []) {
        result.diagnostics.append(
            Diagnostic(
                Problem(
                    .internalError, "rewriting would have damaged the document; nothing was written",
                    notes: ["the output would not read as the input did"] + notes,
                    help: ["report it with the document, which is unharmed"]),
                at: Place(file: result.loaded.file.label)))
        result.discard(parts.map(\.range))
    }

    private static func firstDifference(_ before: [CollectedDocument], _ after: [CollectedDocument]) -> [String] {
        func pointers(_ documents: [CollectedDocument]) -> Set<String> {
            Set(documents.flatMap { document in document.mentions.map { document.ownerPointer(of: $0) } })
        }
        let (old, new) = (pointers(before), pointers(after))
        let lost = old.subtracting(new).sorted().first.map { "'\($0)' is a mention no more" }
        let found = new.subtracting(old).sorted().first.map { "'\($0)' became a mention" }
        return [lost, found].compactMap(\.self)
    }

    private struct Shape: Equatable {
        let kind: CollectedDocument.Kind
        let id: String?
        let mentionCount: Int
        /// Of the places of all mentions: a document may have a million.
        let places: Int

        init(_ document: CollectedDocument) {
            kind = document.kind
            id = document.id
            mentionCount = document.mentions.count
            var hasher = Hasher()
            for mention in document.mentions { hasher.combine(document.ownerPointer(of: mention)) }
            places = hasher.finalize()
        }
    }
}
