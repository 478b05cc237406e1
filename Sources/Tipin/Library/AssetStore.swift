internal import TipinAssets
internal import TipinFiles

/// An open asset store: the data folder with its catalog, and the remote where there is one. `AssetService` and
/// `SyncEngine` work on it.
public final class AssetStore: Sendable {
    /// What an app says of its store (PRD 19). Nothing is taken from the environment.
    public struct Configuration: Sendable {
        /// Absolute; created where it is missing.
        public var dataFolder: String
        /// Absolute path of the catalog; `catalog.sqlite` in the data folder where `nil`.
        public var catalog: String?
        /// `folder:PATH?base=URL` or `https://host`; imports are `local_only` without one.
        public var remote: String?
        /// Of the remote's API.
        public var token: String?
        /// Absolute path of the executable `tipin-image`.
        public var imageWorker: String
        /// Megabytes (2^20 bytes) a file may have: 1 to 4096. Another number counts as the nearer of the two.
        public var maxUploadMB = 25
        /// Uploads at a time.
        public var uploadConcurrency = 2
        /// How long one picture may take the image worker.
        package var imageWallTime = ImageLimits().wallTime

        public init(dataFolder: String, imageWorker: String, remote: String? = nil, token: String? = nil) {
            self.dataFolder = dataFolder
            self.imageWorker = imageWorker
            self.remote = remote
            self.token = token
        }
    }

    let workspace: Workspace

    /// - Throws: `TipinError` where the folder cannot be used, the catalog is locked, damaged or newer than this
    ///   library, or the remote's name means nothing.
    public init(_ configuration: Configuration) throws {
        var settings = Settings()
        settings.dataFolder = configuration.dataFolder
        settings.catalog = configuration.catalog
        settings.remote = configuration.remote
        settings.uploadConcurrency = configuration.uploadConcurrency
        settings.importLimits.maxBytes = min(max(configuration.maxUploadMB, 1), 4096) << 20
        var host = Host(
            workingFolder: configuration.dataFolder, token: configuration.token,
            imageWorker: configuration.imageWorker)
        host.imageLimits.wallTime = configuration.imageWallTime
        workspace = try TipinError.rethrowing {
            try Workspace(
                settings, host: host, access: Access(catalog: .writes, reachesLegacyHosts: true, reachesRemote: true))
        }
    }

    package init(_ workspace: Workspace) { self.workspace = workspace }

    deinit { workspace.close() }
}
