internal import TipinAssets
internal import TipinFiles

/// A catalog that cannot be used any more, before another is made in its place.
struct DamagedCatalog {
    let settings: Settings
    let host: Host

    /// Moves the catalog aside if it is damaged; one that is whole stays where it is.
    ///
    /// It keeps its bytes under a name of its own beside where it was, together with the files that SQLite keeps beside
    /// it, so that somebody may still make something out. No other tipin has the store open meanwhile.
    ///
    /// A file that an app keeps more in is never moved: what nobody else has would go with it.
    /// - Returns: where it is now, absolute; `nil` where nothing was moved.
    /// - Throws: `CatalogError.newer` for one that a later version made, `.locked` where it is in use, `.notOurs` for a
    ///   damaged one that is, or may be, an app's.
    func moveAside() throws -> String? {
        guard let dataFolder = settings.dataFolder else { return nil }
        let path = Workspace.catalogPath(settings, dataFolder)
        guard Paths.exists(path) else { return nil }
        let folder = try DataFolder(path: dataFolder, creates: true, failpoint: host.failpoint)
        let lock = try exclusiveLock(folder, path)
        defer { extendLifetime(lock) }
        guard let words = try damage(path) else { return nil }
        let tables = otherTables(path)
        guard path == Workspace.ownCatalogPath(dataFolder), tables.isEmpty else {
            throw CatalogError.notOurs(path: path, words: words, tables: tables)
        }
        let parent = try Folder(opening: Paths.parent(of: path), failpoint: host.failpoint)
        let name = Paths.name(of: path)
        let target = "\(name).damaged-\(host.clock.now())"
        // The file itself goes last: a journal that is left behind alone would be played back into the new catalog.
        for suffix in ["-journal", "-wal", "-shm", ""] where try parent.status(of: name + suffix) != nil {
            try parent.rename(name + suffix, toNew: target + suffix)
        }
        try parent.syncFolder()
        return parent.absolutePath(of: target)
    }

    private func exclusiveLock(_ folder: DataFolder, _ path: String) throws -> HeldLock {
        do throws(DataFolderError) {
            return HeldLock(try folder.importLock(exclusive: true, waits: false))
        } catch {
            if case .inUse = error { throw CatalogError.locked(path: path) }
            throw error
        }
    }

    /// Opening is not enough: a page that is spoilt shows only when it is read, a column's name when it is asked for.
    /// - Returns: what is wrong with it; `nil` for one that is whole.
    private func damage(_ path: String) throws -> String? {
        do {
            let catalog = try Catalog(path: path, mode: .existing, clock: host.clock)
            let health = try catalog.health()
            guard health.isWhole else { return health.words }
            try catalog.read { reader in
                _ = try reader.asset(sha256: SHA256Digest(of: []))
                _ = try reader.links(toAsset: "")
                _ = try reader.places(of: "")
                _ = try reader.pendingUploads(remote: "")
            }
            return nil
        } catch CatalogError.damaged(_, let words), CatalogError.incomplete(_, let words) {
            return words
        }
    }

    /// Of a file that cannot be read at all nobody can tell.
    private func otherTables(_ path: String) -> [String] {
        let catalog = try? Catalog(path: path, mode: .readOnly, clock: host.clock)
        return (try? catalog?.read { try $0.otherTables() }) ?? []
    }
}
