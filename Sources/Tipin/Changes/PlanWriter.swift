internal import TipinAssets
package import TipinDiagnostics
package import TipinFiles

/// Writes a plan, a window of documents at a time. The file has its name only when it is whole.
package actor PlanWriter {
    /// What somebody saved just when an earlier run was killed, and what is kept now beside the plan.
    package nonisolated let diagnostics: [Diagnostic]
    private let executor = BlockingExecutor()
    /// Its calls wait for the catalog, which waits for the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private let clock: WallClock
    private let stream: DocumentStream
    private var header: Plan.Header
    private var count = 0

    /// - Parameters:
    ///   - path: absolute; a file that is there is not written over.
    ///   - paths: the PATHs of the run, absolute.
    /// - Throws: `ChangeError.planExists`; `RunError.fileNotMade`.
    package init(
        _ path: String, command: String, paths: [String], dataFolder: String?, clock: WallClock
    ) throws {
        if Paths.exists(path) { throw ChangeError.planExists(path) }
        self.path = path
        self.clock = clock
        var leftovers = Leftovers()
        diagnostics = leftovers.clear(beside: [path])
        do throws(DocumentWriter.Failure) {
            stream = try DocumentWriter().stream(to: path, .nothing)
        } catch .file(let error) {
            throw RunError.fileNotMade("--plan", path, error.systemMessage)
        } catch {
            throw error
        }
        let time = clock.timestamp()
        header = Plan.Header(
            id: Journal.name(at: time), command: command, createdAt: time, dataFolder: dataFolder.map(Paths.real),
            paths: paths)
        try stream.append(try RunLine.encode(header).dropLast() + Plan.opening + [0x0A])
    }

    /// Adds what a window of files is to become. What it names is kept from clean-up before the plan names it.
    func add(_ files: [(DocumentPipeline.Outcome, RecordedChange?)], _ workspace: Workspace) throws {
        var bytes: [UInt8] = []
        var assets: Set<String> = []
        for (file, change) in files {
            let links = file.links.compactMap(\.order)
            guard var change = change ?? file.rewritten.standing(if: !links.isEmpty) else { continue }
            change.links = nil
            let document = Plan.Document(change: change, assets: file.assets, links: links)
            assets.formUnion(file.assets.map(\.assetID))
            assets.formUnion(links.flatMap { $0.links.map(\.assetID) })
            bytes += (count == 0 ? [] : [UInt8(ascii: ","), 0x0A]) + (try RunLine.encode(document))
            count += 1
        }
        guard !bytes.isEmpty else { return }
        try keep(assets.sorted(), workspace)
        try stream.append(bytes)
    }

    private func keep(_ ids: [String], _ workspace: Workspace) throws {
        guard let catalog = workspace.catalog, !ids.isEmpty else { return }
        // `resolve` has it open for reading only.
        let writing =
            catalog.mode == .readOnly ? try Catalog(path: catalog.path, mode: .existing, clock: clock) : catalog
        try writing.write { try $0.recordPlan(header.id, assetIDs: ids) }
    }

    /// Gives the whole file its name.
    /// - Returns: how many files are to be changed.
    @discardableResult
    package func end() async throws -> Int {
        var bytes: [UInt8] = count == 0 ? [] : [0x0A]
        bytes += Plan.closing + (try RunLine.encode(Plan.End(count: count)).dropFirst()) + [0x0A]
        try stream.append(bytes)
        do throws(DocumentWriter.Failure) {
            try stream.finish(over: nil)
        } catch .changed {
            throw ChangeError.planExists(path)
        } catch {
            throw error
        }
        return count
    }

    /// Removes what was written of a plan that will not be whole.
    package func discard() { stream.discard() }
}

extension RewrittenFile {
    /// The change of a file that stays as it is.
    fileprivate func standing(if isWanted: Bool) -> RecordedChange? {
        isWanted ? RecordedChange(self, followsLinks: false) : nil
    }
}
