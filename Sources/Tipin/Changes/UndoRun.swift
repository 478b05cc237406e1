internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// `undo`: gives the documents of a run their first bytes back (RULES 5 "Undo").
package struct UndoRun: Sendable {
    private let settings: Settings
    private let host: Host

    package init(_ settings: Settings, host: Host) {
        self.settings = settings
        self.host = host
    }

    /// - Parameters:
    ///   - name: the run's id or the beginning of it; the last that was not wholly undone where `nil`.
    ///   - paths: below which files may be changed; none for all of a run that was recorded in this data folder.
    ///   - show: is shown each change after it was made.
    /// - Throws: `ChangeError` where there is no such run; what concerns a document is in the report.
    package func run(
        _ name: String?, below paths: [String] = [], show: (@Sendable (FileDifference) -> Void)? = nil
    ) async throws -> RunReport {
        guard let path = settings.dataFolder, Paths.isFolder(path) else { throw ChangeError.nothingToUndo }
        let data = try DataFolder(path: path, creates: false, clock: host.clock, failpoint: host.failpoint)
        let folder = RunFolder(data)
        let run = try RunList(folder, host.clock).run(named: name)
        if let origin = run.origin, paths.isEmpty {
            throw ChangeError.runForeign(run.id, origin, try RunFiles(of: run.id, in: folder))
        }
        // Clean-up must not come between the look at an asset and the link to it.
        let lock = HeldLock(try data.importLock())
        defer { withExtendedLifetime(lock) {} }
        let journal = Journal(
            command: "undo", destination: run.output.map { .folder($0) } ?? .inPlace, undoes: run.id,
            clock: host.clock)
        if run.output != nil, run.undoes != nil { throw ChangeError.runIsFinal(run.id) }
        let undoing = Undoing(
            run: run, roots: paths.isEmpty ? nil : PlanRoots(paths, workingFolder: host.workingFolder), data: data,
            catalog: try catalog(in: data), settings: settings, host: host, journal: journal,
            show: show)
        var report = RunReport(command: "undo")
        report.run = run.id
        // What says already that the run is undone need not be said again.
        if run.undoneBy == nil { try await journal.begin(in: data) }
        try await undo(run, in: folder, undoing, &report)
        try await journal.end(left: report.failedDocuments)
        return report
    }

    private func catalog(in data: DataFolder) throws -> Catalog? {
        let path = Workspace.catalogPath(settings, data.path)
        return Paths.exists(path) ? try Workspace.openCatalog(path, .existing, in: data, host) : nil
    }

    /// Some changes at a time, so that memory does not grow with the run.
    private func undo(
        _ run: RecordedRun, in folder: RunFolder, _ undoing: Undoing, _ report: inout RunReport
    ) async throws {
        var lines = try folder.lines(of: run.id)
        var window = Undoing.Window()
        var filling = ChangeWindow()
        var progress = Undoing.Progress()
        while let next = try lines.next() {
            guard next.isEnded, let line = try JournalReader.line(next.bytes, of: run.id) else { continue }
            if let links = line.links { window.links.append(RecordedLinks(links, ofDocumentAt: line.path)) }
            if let change = line.change {
                let isMade = !run.failed.contains(ByteKey(change.path))
                if isMade { window.changes.append(change) } else { window.unmade.append(change) }
                filling.add(change)
            }
            guard filling.isFull else { continue }
            try Task.checkCancellation()
            try await undoing.undo(window, &report, &progress)
            (window, filling) = (Undoing.Window(), ChangeWindow())
        }
        try await undoing.undo(window, &report, &progress)
    }
}
