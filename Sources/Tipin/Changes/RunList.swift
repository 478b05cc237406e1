internal import TipinAssets
package import TipinDiagnostics
internal import TipinFiles

/// The runs of a data folder that left a journal.
package struct RunList: Sendable {
    /// The earliest first.
    package private(set) var runs: [RecordedRun] = []
    /// Journals that cannot be read.
    package private(set) var diagnostics: [Diagnostic] = []
    private let folder: RunFolder
    private let clock: WallClock

    /// - Parameter settings: whose data folder it is; one that is missing has no runs.
    package init?(_ settings: Settings, host: Host) throws {
        guard let path = settings.dataFolder, Paths.isFolder(path) else { return nil }
        try self.init(RunFolder(try DataFolder(path: path, creates: false, clock: host.clock)), host.clock)
    }

    init(_ folder: RunFolder, _ clock: WallClock) throws {
        self.folder = folder
        self.clock = clock
        for id in try folder.runs() {
            do {
                runs.append(try RecordedRun(id, in: folder))
            } catch let error as ChangeError {
                diagnostics.append(Diagnostic(error.problem))
            }
        }
        // An undoing that was stopped in the middle, or left something, has yet to be done.
        for run in runs where run.isFinished && run.left == 0 {
            guard let undone = run.undoes, let place = runs.firstIndex(where: { $0.id == undone }) else { continue }
            runs[place].undoneBy = run.id
        }
        // What took back an undoing has made the first run's work stand again.
        for run in runs.reversed() where run.undoneBy != nil && run.undoes != nil {
            guard let place = runs.firstIndex(where: { $0.id == run.undoes }), runs[place].undoneBy == run.id else {
                continue
            }
            runs[place].undoneBy = nil
        }
    }

    /// The run that a person means: by its id or the beginning of it, else the last that changed documents and is
    /// neither an undoing nor wholly undone.
    func run(named name: String?) throws -> RecordedRun {
        guard let name else {
            guard let last = runs.last(where: { $0.files > 0 && $0.undoes == nil && $0.undoneBy == nil }) else {
                throw ChangeError.nothingToUndo
            }
            return last
        }
        let found = runs.filter { $0.id.hasPrefix(name) }
        guard let first = found.first else { throw ChangeError.runUnknown(name) }
        guard found.count == 1 || first.id == name else { throw ChangeError.runAmbiguous(name, found.map(\.id)) }
        return first
    }

    /// Removes the journals of runs that are older than 90 days.
    /// - Returns: those runs.
    package func prune() throws -> [RecordedRun] {
        let oldest = WallClock.timestamp(milliseconds: clock.now() - RunFolder.lifetime)
        let old = runs.filter { $0.startedAt < oldest }
        for run in old { try folder.remove(run.id) }
        return old
    }
}
