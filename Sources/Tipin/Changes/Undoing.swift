internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles
internal import TipinJSON

/// Takes back the changes of one run, a window at a time: first the journal of the undoing, then links, then documents.
struct Undoing: Sendable {
    /// Changes that are taken back together.
    struct Window: Sendable {
        var changes: [RecordedChange] = []
        /// Changes that the run recorded and could not make: only the links of their documents are there.
        var unmade: [RecordedChange] = []
        var links: [RecordedLinks] = []
    }

    let run: RecordedRun
    /// What may be changed; `nil` for all that the run changed.
    let roots: PlanRoots?
    let data: DataFolder
    let catalog: Catalog?
    let settings: Settings
    let host: Host
    let journal: Journal
    let show: (@Sendable (FileDifference) -> Void)?

    /// What is to happen to one file.
    private struct Step: Sendable {
        var change: RecordedChange
        /// The file as it is; `nil` where it is gone already, or is made again.
        var bytes: [UInt8]?
        /// The file as it is to be; `nil` where it is removed.
        var new: [UInt8]?
        /// Whether all that the run did to it is taken back.
        var isWhole = true
        /// Whether it is known already that something of it stays.
        var isLeft = false
        var mentions = 0
        /// What is to be said once it is done.
        var notes: [Diagnostic] = []
    }

    private enum Plan: Sendable {
        case step(Step, [Diagnostic])
        /// Taken back already, or never done; with what of it stays all the same.
        case done([LinkStep], [Diagnostic])
        /// Nothing that can be told from what others wrote since; with what is said of it.
        case passed([Diagnostic])
        case left([Diagnostic])
    }

    /// What windows tell those after them.
    struct Progress {
        /// The documents whose links were taken back; of two steps of one the first began where it was.
        var marks: Set<DocumentMark> = []
        var leftovers = Leftovers()
        /// Files that may not be changed and were named.
        var outside: Set<ByteKey> = []
    }

    func undo(_ window: Window, _ report: inout RunReport, _ progress: inout Progress) async throws {
        report.documents += window.changes.count
        let window = allowed(window, &report, &progress)
        report.diagnostics += progress.leftovers.clear(beside: window.changes.map(\.path))
        let plans = await window.changes.concurrentMap(limit: host.jobs) { plan($0) }
        var steps: [Step] = []
        var links = window.links
        // Of large files of lines the links are recorded by themselves; what stays as it is keeps them.
        var standing: Set<ByteKey> = []
        for (change, plan) in zip(window.changes, plans) {
            switch plan {
            case .done(let made, let diagnostics):
                links += made.map { RecordedLinks($0, ofDocumentAt: change.path) }
                fail(diagnostics, &report)
            case .passed(let diagnostics):
                report.diagnostics += diagnostics
                standing.formUnion(change.lineDocuments)
            case .left(let diagnostics):
                fail(diagnostics, &report)
                standing.formUnion(change.lineDocuments)
            case .step(var step, let diagnostics):
                if step.isWhole { links += change.recordedLinks } else { standing.formUnion(change.lineDocuments) }
                step.isLeft = !diagnostics.isEmpty
                steps.append(step)
                fail(diagnostics, &report)
            }
        }
        links += try await window.unmade.concurrentMap(limit: host.jobs) { try linksLeft(by: $0) }.flatMap(\.self)
        links.removeAll { standing.contains(ByteKey($0.step.mark.document)) }
        let back = try takeBack(links.filter { progress.marks.insert($0.step.mark).inserted }, &report)
        var batch = Journal.Batch()
        batch.changes = steps.map(\.change)
        batch.links = back.links
        batch.assets = back.assets
        try await journal.record(batch, in: data)
        let writer = ChangeWriter(below: run.output, failpoint: host.failpoint)
        let failures = await steps.concurrentMap(limit: host.jobs) { step in
            await writer.write(step.change, from: step.bytes, to: step.new, isUndoing: true)
        }
        for (step, failure) in zip(steps, failures) {
            if let failure {
                report.diagnostics.append(
                    Diagnostic(Self.notWritten(failure.problem), at: Place(file: step.change.label)))
                if !step.isLeft { report.failedDocuments += 1 }
                await journal.note(failure, of: step.change.path)
                continue
            }
            report.changedMentions += step.mentions
            report.diagnostics += step.notes + attributesLost(step)
            add(step, &report)
            show?(FileDifference(step.change, from: step.bytes, to: step.new))
        }
    }

    private func add(_ step: Step, _ report: inout RunReport) {
        if !step.isLeft { report.changedDocuments += 1 }
        guard step.new == nil else {
            report.returnedFiles.append(step.change.path)
            report.writtenFiles.append(step.change.label)
            if step.isLeft { report.partlyDoneDocuments += 1 }
            return
        }
        if step.bytes != nil { report.removedFiles.append(step.change.path) }
        if let sidecar = step.change.sidecar, sidecar.after == nil { report.removedFiles.append(sidecar.path) }
    }

    /// What people and programs gave to files that were made again, where the file system did not take it.
    private func attributesLost(_ step: Step) -> [Diagnostic] {
        var files: [(path: String, attributes: RecordedAttributes?)] = []
        if step.bytes == nil, step.new != nil { files.append((step.change.path, step.change.attributes)) }
        if let sidecar = step.change.sidecar, sidecar.before == nil { files.append((sidecar.path, sidecar.attributes)) }
        return files.compactMap { path, attributes in
            guard let users = attributes?.users else { return nil }
            let standing = (try? RecordedAttributes(ofFileAt: path))?.users ?? [:]
            let lost = users.keys.filter { standing[$0] != users[$0] }.sorted()
            guard !lost.isEmpty else { return nil }
            return Diagnostic(
                Self.attributesLost(path, lost), at: Place(file: step.change.label), severity: .warning)
        }
    }

    private func fail(_ diagnostics: [Diagnostic], _ report: inout RunReport) {
        guard !diagnostics.isEmpty else { return }
        report.diagnostics += diagnostics
        report.failedDocuments += 1
    }

    // MARK: What is to be done

    /// What of a window may be taken back. Each file that may not be changed is named once, and keeps its links too.
    private func allowed(_ window: Window, _ report: inout RunReport, _ progress: inout Progress) -> Window {
        guard let roots else { return window }
        func allow(_ change: RecordedChange) -> Bool {
            let isAllowed = roots.allow(change.path) && change.sidecar.map { roots.allow($0.path) } ?? true
            if !isAllowed {
                leave(change.path, Self.outside(change.path, isRemoved: change.after == nil), change.label)
            }
            return isAllowed
        }
        func allow(_ links: RecordedLinks) -> Bool {
            guard let path = links.path else {
                leave("", Self.linksUnplaced(links.step.mark), nil)
                return false
            }
            // Of lines there are many with one path, and to ask again would be dear.
            if progress.outside.contains(ByteKey(path)) { return false }
            if lastAllowed.map({ $0.hasSameBytes(as: path) }) ?? false { return true }
            guard roots.allow(path) else {
                leave(path, Self.outside(path), path)
                return false
            }
            lastAllowed = path
            return true
        }
        func leave(_ path: String, _ problem: Problem, _ label: String?) {
            guard progress.outside.insert(ByteKey(path)).inserted else { return }
            fail([Diagnostic(problem, at: label.map { Place(file: $0) })], &report)
        }
        var lastAllowed: String?
        return Window(
            changes: window.changes.filter(allow), unmade: window.unmade.filter(allow),
            links: window.links.filter(allow))
    }

    private func plan(_ change: RecordedChange) -> Plan {
        let place = Place(file: change.label)
        let bytes: [UInt8]?
        do {
            bytes =
                Paths.exists(change.path)
                ? try Parse(documentLimit: settings.documentLimit).read(change.path, isLines: change.file.isLines).bytes
                : nil
        } catch {
            return .left([Diagnostic(error.problem(at: change.path), at: place)])
        }
        if change.before == nil { return removal(change, bytes) }
        if change.after == nil || run.output != nil { return again(change, bytes) }
        guard let bytes else { return .left([Diagnostic(Self.gone(change.path), at: place)]) }
        if let after = change.after, after.holds(of: bytes) { return exactly(change, bytes) }
        if change.before?.holds(of: bytes) == true {
            // Stopped before the exchange: its manifest file may have been written all the same.
            let sidecar = sidecarBack(change)
            guard let back = sidecar.back else { return .done(change.links ?? [], sidecar.problems) }
            var same = change
            (same.after, same.edits, same.links, same.needs) = (change.before, [], nil, nil)
            same.sidecar = back
            return .step(Step(change: same, bytes: bytes, new: bytes), [])
        }
        return mentions(change, bytes)
    }

    private func exactly(_ change: RecordedChange, _ bytes: [UInt8]) -> Plan {
        let missing = (change.needs ?? []).filter { !isHere($0) }
        if let first = missing.first {
            return .left([Diagnostic(Self.assetGone(first), at: Place(file: change.label))])
        }
        guard var back = change.inverted else { return .left([]) }
        do throws(RecordedChange.Fault) {
            let new = try back.applied(to: bytes)
            let sidecar = sidecarBack(change)
            back.sidecar = sidecar.back
            let step = Step(change: back, bytes: bytes, new: new, mentions: change.mentionCount)
            return .step(step, sidecar.problems)
        } catch {
            return .left([Diagnostic(ChangeError.runDamaged(run.id, "its edits do not lead back").problem)])
        }
    }

    /// What is to become of a document's manifest file.
    private enum SidecarPlan {
        /// It is right, or there is none.
        case nothing
        case back(RecordedChange.Sidecar)
        /// Somebody changed it.
        case left(Diagnostic)

        var back: RecordedChange.Sidecar? { if case .back(let sidecar) = self { sidecar } else { nil } }
        var problems: [Diagnostic] { if case .left(let problem) = self { [problem] } else { [] } }
    }

    /// The manifest file goes back with its document, but for one that somebody changed.
    private func sidecarBack(_ change: RecordedChange) -> SidecarPlan {
        guard let sidecar = change.sidecar else { return .nothing }
        let parse = Parse(documentLimit: settings.documentLimit)
        let bytes = Paths.exists(sidecar.path) ? try? parse.read(sidecar.path).bytes : nil
        if bytes == sidecar.before?.bytes { return .nothing }
        guard bytes == sidecar.after?.bytes else {
            return .left(Diagnostic(Self.sidecarChanged(sidecar.path), at: Place(file: change.label)))
        }
        var back = sidecar
        (back.before, back.after) = (sidecar.after, sidecar.before)
        return .back(back)
    }

    private func mentions(_ change: RecordedChange, _ bytes: [UInt8]) -> Plan {
        let collect = Collect(settings)
        let file = change.file
        let documents = collect.documents(in: bytes, of: file)
        guard file.isLines || !documents.isEmpty else {
            let problem = Self.noDocument(isJSON: ValueTree(bytes) != nil)
            return .left([Diagnostic(problem, at: Place(file: change.label))])
        }
        let result = MentionRestorer(documents).restore(change)
        let diagnostics =
            result.lost.map { Diagnostic(Self.lost($0), at: Place(file: change.label)) }
            + result.left.map { edit in
                Diagnostic(Self.mentionChanged(edit), at: Place(file: change.label, line: edit.line))
            }
        guard !result.edits.isEmpty else {
            guard diagnostics.isEmpty else { return .left(diagnostics) }
            // An earlier undoing put all of them back, or a person did.
            if result.isBack { return .done([], []) }
            if let note = Self.entriesStay(change) { return .passed([note]) }
            return .left([Diagnostic(Self.documentChanged, at: Place(file: change.label))])
        }
        let edits = result.edits.map(\.edit)
        let new = edits.overlap ? bytes : edits.applied(to: bytes)
        let before = documents.map(\.collected.mentions.count)
        let after = collect.documents(in: new, of: file)
        guard before == after.map(\.collected.mentions.count), new != bytes else {
            return .left([Diagnostic(Self.documentChanged, at: Place(file: change.label))])
        }
        var back = change
        (back.before, back.after, back.edits) = (FileState(of: bytes), FileState(of: new), result.edits)
        (back.sidecar, back.needs, back.links) = (nil, nil, nil)
        var step = Step(change: back, bytes: bytes, new: new, isWhole: false, mentions: result.edits.count)
        step.notes = UnneededEntries.notes(change, from: documents, to: after)
        if step.notes.isEmpty, let note = Self.entriesStay(change) { step.notes = [note] }
        return .step(step, diagnostics)
    }

    // MARK: Output folders

    private func removal(_ change: RecordedChange, _ bytes: [UInt8]?) -> Plan {
        guard let after = change.after else {
            return .left([Diagnostic(ChangeError.runIsFinal(run.id).problem, at: Place(file: change.label))])
        }
        guard let bytes else {
            // Stopped between the document and its manifest file.
            let sidecar = sidecarBack(change)
            guard let back = sidecar.back else { return .done(change.links ?? [], sidecar.problems) }
            var rest = change
            (rest.after, rest.edits, rest.needs, rest.links, rest.sidecar) = (nil, [], nil, nil, back)
            return .step(Step(change: rest, bytes: nil, new: nil), [])
        }
        guard after.holds(of: bytes) else {
            return .left([Diagnostic(Self.outputChanged(change.path), at: Place(file: change.label))])
        }
        var back = change
        (back.before, back.after, back.needs, back.links) = (after, nil, nil, nil)
        let sidecar = sidecarBack(change)
        back.sidecar = sidecar.back
        return .step(Step(change: back, bytes: bytes, new: nil), sidecar.problems)
    }

    /// What `--prune` removed, or what stood where the run put a document.
    private func again(_ change: RecordedChange, _ bytes: [UInt8]?) -> Plan {
        let first = change.keptBytes
        guard change.before?.holds(of: first) == true else {
            return .left([Diagnostic(ChangeError.runDamaged(run.id, "the bytes of a document are others").problem)])
        }
        if let bytes, bytes != first, change.after?.holds(of: bytes) != true {
            let problem = change.after == nil ? Self.outputTaken(change.path) : Self.outputChanged(change.path)
            return .left([Diagnostic(problem, at: Place(file: change.label))])
        }
        let sidecar = sidecarBack(change)
        if bytes == first, sidecar.back == nil { return .done(change.links ?? [], sidecar.problems) }
        var back = change
        (back.before, back.after) = (bytes.map { FileState(of: $0) }, change.before)
        (back.edits, back.needs, back.links, back.sidecar) = ([], nil, nil, sidecar.back)
        return .step(Step(change: back, bytes: bytes, new: first), sidecar.problems)
    }

    // MARK: Links

    /// The links of documents that the run could not write, as far as nobody else made them anew, and but for documents
    /// that say by themselves now what it would have written: a later run that wrote them found these links standing,
    /// and made none of its own.
    private func linksLeft(by change: RecordedChange) throws -> [RecordedLinks] {
        guard let catalog else { return [] }
        let links = try catalog.read { reader in try change.recordedLinks.filter { try reader.isStanding($0.step) } }
        guard !links.isEmpty, Paths.exists(change.path) else { return links }
        let parse = Parse(documentLimit: settings.documentLimit)
        guard let bytes = try? parse.read(change.path, isLines: change.file.isLines).bytes else { return [] }
        if change.before?.holds(of: bytes) == true { return links }
        if change.after?.holds(of: bytes) == true { return [] }
        let documents = Collect(settings).documents(in: bytes, of: change.file)
        return MentionRestorer(documents).restore(change).edits.isEmpty ? links : []
    }

    private func takeBack(
        _ links: [RecordedLinks], _ report: inout RunReport
    ) throws -> (links: [RecordedLinks], assets: [NamedAsset]) {
        guard let catalog, !links.isEmpty else { return ([], []) }
        let result = try catalog.write { writer -> (steps: [LinkStep], missing: [LinkStep.Link], assets: [Asset]) in
            let (steps, missing) = try writer.takeBack(links.map(\.step))
            let ids = steps.reduce(into: Set<String>()) { $0.formUnion($1.assetIDs) }
            return (steps, missing, try writer.reader.assets(withIDs: ids.sorted()))
        }
        for link in result.missing { report.diagnostics.append(Diagnostic(Self.linkGone(link))) }
        let paths = Dictionary(links.map { ($0.step.mark, $0.path) }) { first, _ in first }
        let back = result.steps.map { RecordedLinks($0, ofDocumentAt: paths[$0.mark] ?? nil) }
        return (back, result.assets.map { NamedAsset(assetID: $0.id, sha256: $0.sha256) })
    }

    /// Here, or removed only because it can be fetched again.
    private func isHere(_ asset: NamedAsset) -> Bool {
        guard let catalog, let row = try? catalog.read({ try $0.asset(id: asset.assetID) }) else { return false }
        let addresses = (try? catalog.read { try $0.remoteURLs(of: row.id) }) ?? []
        return !addresses.isEmpty || BlobStore(data).findAnywhere(asset.sha256) != nil
    }
}

extension RecordedChange {
    /// The file as a walk would have found it.
    var file: DocumentFile {
        DocumentFile(
            label: label, path: path, relativePath: Paths.name(of: path), root: Paths.parent(of: path), isNamed: true)
    }

    /// Those of its documents.
    fileprivate var recordedLinks: [RecordedLinks] {
        (links ?? []).map { RecordedLinks($0, ofDocumentAt: path) }
    }

    var mentionCount: Int { edits.count { $0.pointer != nil } }
}
