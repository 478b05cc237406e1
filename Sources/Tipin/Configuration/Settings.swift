package import TipinAssets
package import TipinDiagnostics
package import TipinDocument

/// Everything that a run goes by, after flags, environment, configuration and defaults are put together.
package struct Settings: Sendable {
    /// Absolute; `nil` where nothing names one.
    package var dataFolder: String?
    /// Absolute.
    package var catalog: String?
    /// Books that are worked on; empty means all.
    package var books: [String] = []
    /// As it was given; relative folders are relative to `folder`.
    package var remote: String?
    package var remoteHosts: [String] = []
    package var downloadPaths: [String] = []
    /// What a `folder:` remote's path is relative to: the configuration's folder, or the working folder for a flag.
    package var remoteFolder: String?
    /// Whether a token may be sent to the remote: not to one that a mere neighbour of the documents names.
    package var remoteIsTrusted = true
    package var importLimits = ImportLimits()
    package var uploadConcurrency = 2
    package var syncIntervalMilliseconds = 30_000
    /// Bytes that what can be fetched again may take here (`maxCacheMB`).
    package var maxCacheBytes = 2048 << 20
    /// For how long clean-up keeps what nothing refers to (`gcGraceHours`).
    package var graceMilliseconds: Int64 = 24 * 3_600_000
    package var mediaRoot: String?
    package var localRoots: [String] = []
    package var baseURL: String?
    package var exclude: [String] = []
    package var editorHasAssetID = false
    package var severities = SeverityRules()
    /// Folders that hold what legacy hosts served, by host in lower case.
    package var legacyRoots: [String: String] = [:]
    package var privateHosts: Set<String> = []
    package var allowsPrivateHosts = false
    /// Seconds for one fetch.
    package var maxSeconds: Int?
    /// Whether a missing catalog ends a run that only reads (`--data-dir` named its folder).
    package var requiresCatalog = false
    package var depthLimit = 512
    /// Bytes.
    package var documentLimit = 256 << 20
    package var rules = CompiledRules(.builtIn)
    /// The absolute path of the configuration in use.
    package var configuration: String?
    /// Of the configuration in use: a root for local files.
    package var folder: String?
    /// What of the configuration was ignored, in words.
    package var ignored: [Problem] = []

    package init() {}
}
