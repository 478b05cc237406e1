internal import TipinAssets
package import TipinFiles

/// Writes a plan, a window of documents at a time. The file has its name only when it is whole.
package actor PlanWriter {
    private let path: String
    private let name: String
    private let clock: WallClock
    private let folder: Folder
    private let temporary: String
    private let file: OpenFile
    private var header: Plan.Header
    private var count = 0

    /// - Parameters:
    ///   - path: absolute; a file that is there is not written over.
    ///   - paths: the PATHs of the run, absolute.
    package init(
        _ path: String, command: String, paths: [String], dataFolder: String?, clock: WallClock
    ) throws {
        if Paths.exists(path) { throw ChangeError.planExists(path) }
        self.path = path
        self.clock = clock
        name = Paths.name(of: path)
        folder = try Folder(opening: Paths.parent(of: path))
        temporary = ".\(name.prefix(120)).\(UInt64.random(in: .min ... .max)).assettmp"
        file = try folder.createFile(temporary, mode: 0o666)
        let time = clock.timestamp()
        header = Plan.Header(
            id: Journal.name(at: time), command: command, createdAt: time, dataFolder: dataFolder.map(Paths.real),
            paths: paths)
        try file.write(try RunLine.encode(header).dropLast() + Plan.opening + [0x0A])
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
        try file.write(bytes)
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
    package func end() throws -> Int {
        var bytes: [UInt8] = count == 0 ? [] : [0x0A]
        bytes += Plan.closing + (try RunLine.encode(Plan.End(count: count)).dropFirst()) + [0x0A]
        try file.write(bytes)
        try file.sync()
        do throws(FileError) {
            try folder.rename(temporary, toNew: name)
        } catch {
            throw error.alreadyExists ? ChangeError.planExists(path) : error as any Error
        }
        try folder.syncFolder()
        return count
    }

    /// Removes what was written of a plan that will not be whole.
    package func discard() { try? folder.removeFile(temporary) }
}

extension RewrittenFile {
    /// The change of a file that stays as it is.
    fileprivate func standing(if isWanted: Bool) -> RecordedChange? {
        isWanted ? RecordedChange(self, followsLinks: false) : nil
    }
}
