internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinFiles

/// Removes from an output folder the documents that have no source any more (RULES 5 "--prune").
///
/// Whoever made a document there, it goes with its manifest file and the folders that are empty then; the journal of
/// the run keeps its bytes, so that `undo` returns it. What is no document stays.
package struct OutputPrune: Sendable {
    /// Absolute.
    private let folder: String
    private let host: Host
    private static let windowCount = 32
    private static let windowBytes = 32 << 20

    /// - Returns: `nil` where documents are not written to a folder of their own.
    package init?(_ destination: Destination, host: Host) {
        guard case .folder(let folder) = destination else { return nil }
        self.folder = folder
        self.host = host
    }

    /// One that names single documents says nothing of the others, which would all be removed.
    package static func check(_ paths: [String], workingFolder: String) throws {
        for path in paths where !Paths.isFolder(Paths.absolute(path, relativeTo: workingFolder)) {
            throw RunError.usage(needsFolders(path))
        }
    }

    /// - Parameters:
    ///   - groups: all of the run: what any of them has as a source stays.
    ///   - recording: of the run; its journal is not closed yet.
    package func run(_ groups: [PathGroup], _ recording: Recording, _ report: inout RunReport) async throws {
        guard Paths.isFolder(folder) else { return }
        let sources = try sources(of: groups)
        guard let settings = groups.first?.settings else { return }
        let skipped = Set(settings.dataFolder.map { [Paths.real($0)] } ?? [])
        let walk = DocumentWalk(
            workingFolder: host.workingFolder, exclude: [], skippedFolders: skipped, followsLinks: true)
        let collect = Collect(settings)
        var window: [LoadedFile] = []
        var bytes = 0
        for file in try walk.files(in: [folder]) where !sources.have(file.relativePath) {
            if file.hasManyLines {
                // One that cannot be read stays, as below.
                guard (try? collect.holdsDocument(file)) == true else { continue }
                try Task.checkCancellation()
                try await removeLines(file, settings, recording, &report)
                continue
            }
            let loaded = collect.load(file)
            // Other programs' JSON is none of ours.
            guard !loaded.documents.isEmpty else { continue }
            window.append(loaded)
            bytes += loaded.bytes.count
            guard window.count >= Self.windowCount || bytes >= Self.windowBytes else { continue }
            try Task.checkCancellation()
            try await remove(window, settings, recording, &report)
            (window, bytes) = ([], 0)
        }
        try await remove(window, settings, recording, &report)
    }

    /// Which documents have a source: what stands in a place that was left out may be one too, and what is excluded is.
    private struct Sources {
        var files: Set<ByteKey> = []
        /// Below PATH; empty for PATH itself.
        var unseen: [String] = []

        func have(_ path: String) -> Bool {
            files.contains(ByteKey(path)) || unseen.contains { $0.isEmpty || Paths.isEqualOrBelow(path, $0) }
        }
    }

    private func sources(of groups: [PathGroup]) throws -> Sources {
        var sources = Sources()
        for group in groups {
            let walk = DocumentWalk(
                group.settings, workingFolder: host.workingFolder, destination: .folder(folder))
            let files = try walk.files(in: group.paths) { place in
                switch place.reason {
                case .hiddenFolder, .noFile: break
                case .unreadable, .unknown, .linkToFolder, .linkToFile, .linkToNothing, .secondName, .excluded:
                    sources.unseen.append(place.relative)
                }
            }
            sources.files.formUnion(files.map { ByteKey($0.relativePath) })
        }
        return sources
    }

    // MARK: Removing

    /// First the journal with the bytes, then the documents.
    private func remove(
        _ window: [LoadedFile], _ settings: Settings, _ recording: Recording, _ report: inout RunReport
    ) async throws {
        var removed: [(file: LoadedFile, change: RecordedChange)] = []
        for file in window {
            do {
                removed.append((file, try RecordedChange(removing: file)))
            } catch {
                leave(file.file.path, error, &report)
            }
        }
        guard !removed.isEmpty else { return }
        let data = try Workspace.makeDataFolder(settings, host)
        var batch = Journal.Batch()
        batch.changes = removed.map(\.change)
        // What the documents name must be here when they come back.
        batch.assets = Naming.assets(in: removed.flatMap(\.file.documents)).sorted { $0.assetID < $1.assetID }
        try await recording.journal.record(batch, in: data)
        let writer = ChangeWriter(below: folder, failpoint: host.failpoint)
        for (file, change) in removed {
            if let failure = await writer.write(change, from: file.bytes, to: nil, isUndoing: true) {
                await tell(failure, of: change, recording, &report)
                continue
            }
            report.removedFiles += [change.path] + (change.sidecar.map { [$0.path] } ?? [])
            recording.show?(FileDifference(change, from: file.bytes, to: nil))
            removeEmptyFolders(above: file.file.relativePath)
        }
    }

    /// One of many lines, which is never in memory as a whole.
    private func removeLines(
        _ file: DocumentFile, _ settings: Settings, _ recording: Recording, _ report: inout RunReport
    ) async throws {
        let data = try Workspace.makeDataFolder(settings, host)
        let collect = Collect(settings)
        let spool = try data.lineSpool()
        let kept: (reading: FileReading, change: RecordedChange, assets: Set<NamedAsset>)
        do {
            kept = try await BlockingThread.run(throwing: {
                let reading = try FileReading(keeping: file.path, in: spool)
                let change = try RecordedChange(removingLines: file, reading.state)
                return (reading, change, try Naming.assets(inLines: file, collect))
            })
        } catch {
            return leave(file.path, error, &report)
        }
        let change = kept.change
        var batch = Journal.Batch()
        batch.spooled = SpooledChange(change: change, edits: spool)
        batch.assets = kept.assets.sorted { $0.assetID < $1.assetID }
        try await recording.journal.record(batch, in: data)
        if let failure = await ChangeWriter(below: folder, failpoint: host.failpoint).remove(file.path, kept.reading) {
            await tell(failure, of: change, recording, &report)
            return
        }
        report.removedFiles.append(file.path)
        // Many lines are no JSON text whose value could be shown: only the name is.
        recording.show?(FileDifference(change, from: [], to: nil))
        removeEmptyFolders(above: file.relativePath)
    }

    /// What cannot be kept whole stays.
    private func leave(_ path: String, _ error: any Error, _ report: inout RunReport) {
        report.failedDocuments += 1
        report.diagnostics.append(Diagnostic(error.problem(at: path), at: Place(file: path)))
    }

    private func tell(
        _ failure: WriteFailure, of change: RecordedChange, _ recording: Recording, _ report: inout RunReport
    ) async {
        report.failedDocuments += 1
        report.diagnostics.append(Diagnostic(failure.problem, at: Place(file: change.label)))
        if failure.leavesChange { report.removedFiles.append(change.path) }
        await recording.journal.note(failure, of: change.path)
    }

    private func removeEmptyFolders(above name: String) {
        guard let root = try? Folder(opening: folder, failpoint: host.failpoint) else { return }
        var parent = Paths.parent(of: name)
        // Fails where something else is in the folder, and then it stays.
        while parent != "/", (try? root.removeFolder(parent)) != nil { parent = Paths.parent(of: parent) }
    }

    private static func needsFolders(_ path: String) -> Problem {
        Problem(
            .usage, "--prune needs folders that hold all documents",
            notes: ["'\(Redaction.printable(path))' is a single document: all others would be removed"],
            help: ["name the folder it lies in, or leave --prune out"])
    }
}
