package import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles
package import TipinSync

/// What a run works with, opened once.
package struct Workspace: Sendable {
    package let settings: Settings
    package let host: Host
    package let access: Access
    /// `nil` where there is none, or the run has no use for it.
    package let catalog: Catalog?
    package let blobs: BlobStore?
    /// `nil` in runs that import nothing.
    package let importer: AssetImporter?
    /// `nil` where none is configured.
    package let remote: (any Remote)?
    /// `nil` where the run keeps off legacy hosts.
    package let fetcher: LegacyFetcher?
    /// Of what this run brought in.
    let tally = ImportTally()
    let contestedAliases = ContestedAliases()
    /// `nil` where there is no store.
    let removed: RemovedAssets?
    /// `nil` in runs that must not write.
    let uses: AssetUses?
    private let images: ImageWorker?
    /// Held for as long as blobs may be here that the catalog does not know yet.
    private let importLock: HeldLock?

    /// - Parameters:
    ///   - standIn: a remote in the place of the one that the settings name.
    ///   - prober: looks at pictures in the place of the host's image worker.
    /// - Throws: what makes the whole run impossible: a data folder that cannot be used, a catalog that is locked,
    ///   damaged or newer, a remote whose name means nothing.
    package init(
        _ settings: Settings, host: Host, access: Access, remote standIn: (any Remote)? = nil,
        images prober: (any ImageProbing)? = nil
    ) throws {
        self.settings = settings
        self.host = host
        self.access = access
        let threads = TransferThreads(count: 2 + settings.uploadConcurrency)
        remote = try standIn ?? settings.remote.map { try Self.openRemote($0, settings, host, threads) }
        // Said before anything is created.
        if access.needs != .nothing, remote == nil { throw RunError.usage(RemoteProblems.none) }
        if access.needs == .publishingRemote, remote?.canPublish == false {
            throw RunError.usage(RemoteProblems.noBase)
        }
        fetcher = access.reachesLegacyHosts ? LegacyFetcher(Self.policy(settings), threads: threads) : nil
        switch access.catalog {
        case .none: (catalog, blobs, importer, images, importLock, uses) = (nil, nil, nil, nil, nil, nil)
        case .reads:
            let folder = try Self.existingFolder(settings, host)
            catalog = try Self.existingCatalog(settings, folder, host)
            blobs = folder.map { BlobStore($0) }
            (importer, images, importLock, uses) = (nil, nil, nil, nil)
        case .cleans:
            let folder = try Self.storeToClean(settings, host)
            // An importer that waits for us would be fine; one that we wait for may be an app that is open all day.
            importLock = HeldLock(try folder.importLock(exclusive: true, waits: false))
            catalog = try Self.openCatalog(Self.catalogPath(settings, folder.path), .existing, in: folder, host)
            blobs = BlobStore(folder)
            (importer, images, uses) = (nil, nil, nil)
        case .writes:
            let folder = try Self.makeDataFolder(settings, host)
            importLock = HeldLock(try folder.importLock())
            let path = Self.catalogPath(settings, settings.dataFolder ?? folder.path)
            let catalog = try Self.openCatalog(path, .create, in: folder, host)
            let images = prober == nil ? Self.imageWorker(host) : nil
            self.catalog = catalog
            self.images = images
            uses = AssetUses(catalog)
            blobs = BlobStore(folder)
            let importer = AssetImporter(
                catalog: catalog, folder: folder, images: prober ?? images, limits: settings.importLimits)
            try importer.followDataFolder()
            self.importer = importer
        }
        removed = blobs.map { RemovedAssets($0) }
    }

    /// Says what is missing before a run that writes would make it: opening to read makes nothing.
    ///
    /// A catalog that was left in the middle of a change is there, and the run that follows brings it in order.
    package static func expectStore(_ settings: Settings, host: Host) throws {
        do {
            try Workspace(settings, host: host, access: Access(catalog: .reads)).close()
        } catch CatalogError.unfinished {}
    }

    private static func imageWorker(_ host: Host) -> ImageWorker? {
        host.imageWorker.map { ImageWorker(path: $0, slots: min(2, host.jobs), limits: host.imageLimits) }
    }

    /// Whether there is a remote whose files readers have addresses of.
    package var canPublish: Bool { remote?.canPublish ?? false }

    /// Ends the image worker's processes, and tells the catalog what was used.
    package func close() {
        defer { uses?.flush() }
        guard let images else { return }
        images.stop()
        let deaths = images.takeDeaths()
        // What is only counted is not worth an error.
        if deaths > 0 { _ = try? catalog?.write { try $0.count(.workerDeath, times: deaths) } }
    }

    /// The catalog of a run that is for nothing without one.
    /// - Throws: `CatalogError.missing` where there is none.
    func standingCatalog() throws(CatalogError) -> Catalog {
        guard let catalog else {
            throw .missing(path: settings.dataFolder.map { Self.catalogPath(settings, $0) } ?? "")
        }
        return catalog
    }

    /// The bytes that go with `standingCatalog()`.
    /// - Throws: `CatalogError.missing` where there is no data folder.
    func standingBlobs() throws(CatalogError) -> BlobStore {
        guard let blobs else { throw .missing(path: settings.dataFolder ?? "") }
        return blobs
    }

    /// The absolute path of the blob; `nil` where it is not here.
    package func blobPath(of digest: SHA256Digest, book: String) -> String? {
        guard let blobs else { return nil }
        return blobs.find(digest, preferring: [book]).map { blobs.absolutePath(of: $0) }
    }

    /// Where a run that changes documents keeps what undo needs. It is made where there is none, even for a command
    /// that leaves the catalog alone.
    /// - Returns: `nil` where no data folder is named, so that nothing can be undone.
    func journalFolder() throws -> DataFolder? {
        if let folder = blobs?.folder { return folder }
        return settings.dataFolder == nil ? nil : try Self.makeDataFolder(settings, host)
    }

    private static func openRemote(
        _ name: String, _ settings: Settings, _ host: Host, _ threads: TransferThreads
    ) throws -> any Remote {
        var options = RemoteOptions()
        options.token = settings.remoteIsTrusted ? host.token : nil
        options.mayBePrivate = settings.remoteIsTrusted || settings.allowsPrivateHosts
        options.hosts = settings.remoteHosts
        options.downloadPaths = settings.downloadPaths
        options.concurrency = settings.uploadConcurrency
        options.umask = host.umask
        options.failpoint = host.failpoint
        return try RemoteOpener.open(
            name, relativeTo: settings.remoteFolder ?? host.workingFolder, options: options, threads: threads)
    }

    private static func policy(_ settings: Settings) -> LegacyPolicy {
        var policy = LegacyPolicy()
        policy.allowsPrivateHosts = settings.allowsPrivateHosts
        policy.privateHosts = settings.privateHosts
        if let seconds = settings.maxSeconds { policy.maxSeconds = seconds }
        return policy
    }

    /// A folder without a catalog is none that somebody meant to be cleaned.
    private static func storeToClean(_ settings: Settings, _ host: Host) throws -> DataFolder {
        guard let path = settings.dataFolder else { throw RunError.usage(noDataFolder) }
        let catalog = catalogPath(settings, path)
        guard Paths.exists(catalog), Paths.isFolder(path) else { throw CatalogError.missing(path: catalog) }
        return try DataFolder(path: path, creates: true, clock: host.clock, failpoint: host.failpoint)
    }

    /// The data folder, made where it is missing.
    static func makeDataFolder(_ settings: Settings, _ host: Host) throws -> DataFolder {
        guard let path = settings.dataFolder else { throw RunError.usage(noDataFolder) }
        return try DataFolder(path: path, creates: true, failpoint: host.failpoint)
    }

    private static func existingFolder(_ settings: Settings, _ host: Host) throws -> DataFolder? {
        guard let path = settings.dataFolder, Paths.isFolder(path) else { return nil }
        return try DataFolder(path: path, creates: false, failpoint: host.failpoint)
    }

    private static func existingCatalog(_ settings: Settings, _ folder: DataFolder?, _ host: Host) throws -> Catalog? {
        guard let base = folder?.path ?? settings.catalog.map({ Paths.parent(of: $0) }) else {
            if settings.requiresCatalog { throw CatalogError.missing(path: settings.dataFolder ?? "") }
            return nil
        }
        let path = catalogPath(settings, base)
        guard Paths.exists(path) else {
            if settings.requiresCatalog { throw CatalogError.missing(path: path) }
            return nil
        }
        return try openCatalog(path, .readOnly, in: folder, host)
    }

    /// Opens the catalog of a data folder.
    /// - Throws: `CatalogError`; `.damaged` also for an empty file beside pictures: SQLite takes it for a database, in
    ///   which no picture is known, and clean-up would sweep all of them away.
    static func openCatalog(
        _ path: String, _ mode: CatalogMode, in folder: DataFolder?, _ host: Host
    ) throws(CatalogError) -> Catalog {
        // Looked for before the file's size: whoever makes a catalog fills it before it stores the first picture.
        let hasPictures = folder.map { !BlobStore($0).bookFolders.isEmpty } ?? false
        if hasPictures, Paths.exists(path), Paths.size(of: path) == 0 {
            throw .damaged(path: path, words: "the file is empty, and the data folder holds pictures")
        }
        return try Catalog(path: path, mode: mode, clock: host.clock, failpoint: host.failpoint)
    }

    static func catalogPath(_ settings: Settings, _ folder: String) -> String {
        settings.catalog ?? ownCatalogPath(folder)
    }

    /// Where a data folder has its own catalog, unless another one is named.
    static func ownCatalogPath(_ folder: String) -> String { folder + "/catalog.sqlite" }

    private static let noDataFolder = Problem(
        .usage, "no data folder is named",
        help: ["give --data-dir, set TIPIN_DATA_DIR, or write 'dataDir' into tipin.json"])
}
