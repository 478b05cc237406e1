internal import Foundation
internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Puts flags, environment, configuration and defaults together: the former beats the latter.
package struct SettingsResolver: Sendable {
    private let overrides: SettingsOverrides

    package init(_ overrides: SettingsOverrides) { self.overrides = overrides }

    /// - Parameter path: a document or folder; the nearest `tipin.json` upwards from it counts. `nil` looks from the
    ///   working folder.
    package func settings(for path: String?) throws -> Settings {
        var settings = Settings()
        var mentions = ConfigurationFile.Mentions()
        let configuration = try configuration(for: path)
        if let configuration {
            let file = try ConfigurationFile(reading: configuration.path)
            settings.configuration = configuration.path
            apply(file, Paths.parent(of: configuration.path), isTrusted: configuration.isTrusted, to: &settings)
            mentions = file.mentions ?? mentions
        }
        applyOverrides(to: &settings)
        settings.rules = rules(mentions, settings)
        return settings
    }

    func isThere(_ path: String) -> Bool { Paths.exists(Paths.absolute(path, relativeTo: overrides.workingFolder)) }

    /// A configuration named by a flag, or standing in the working folder or above it, may say everything.
    private func configuration(for path: String?) throws -> (path: String, isTrusted: Bool)? {
        let working = overrides.workingFolder
        if let named = overrides.configuration {
            return (Paths.absolute(named, relativeTo: working), true)
        }
        let start = path.map { Paths.absolute($0, relativeTo: working) } ?? working
        guard let found = Self.nearest(from: Paths.isFolder(start) ? start : Paths.parent(of: start)) else {
            return nil
        }
        return (found, Paths.isEqualOrBelow(working, Paths.parent(of: found)))
    }

    private static func nearest(from folder: String) -> String? {
        var folder = folder
        while true {
            let candidate = folder == "/" ? "/\(ConfigurationFile.name)" : "\(folder)/\(ConfigurationFile.name)"
            if Paths.isRegularFile(candidate) { return candidate }
            if folder == "/" { return nil }
            folder = Paths.parent(of: folder)
        }
    }

    private func apply(
        _ file: ConfigurationFile, _ folder: String, isTrusted: Bool, to settings: inout Settings
    ) {
        var trust = ConfigurationTrust(folder: folder, isTrusted: isTrusted)
        settings.folder = folder
        settings.books = file.bookId.map { [$0] } ?? []
        settings.dataFolder = trust.path(file.dataDir, "dataDir")
        settings.catalog = trust.path(file.catalog, "catalog")
        settings.mediaRoot = trust.path(file.mediaRoot, "mediaRoot")
        settings.localRoots = (file.localRoots ?? []).compactMap { trust.path($0, "localRoots") }
        settings.remote = trust.remote(file.remote)
        settings.remoteIsTrusted = isTrusted
        settings.remoteFolder = folder
        settings.remoteHosts =
            isTrusted ? file.remoteHosts ?? [] : trust.ignoring(file.remoteHosts, "remoteHosts") ?? []
        settings.downloadPaths = isTrusted ? file.downloadPaths ?? [] : []
        settings.baseURL = file.baseUrl
        settings.exclude = file.exclude ?? []
        settings.editorHasAssetID = file.editorHasAssetId ?? false
        settings.uploadConcurrency = file.uploadConcurrency ?? 2
        settings.syncIntervalMilliseconds = file.syncIntervalMs ?? 30_000
        if let megabytes = file.maxCacheMB { settings.maxCacheBytes = megabytes << 20 }
        if let hours = file.gcGraceHours { settings.graceMilliseconds = Int64(hours) * 3_600_000 }
        settings.depthLimit = file.limits?.depth ?? 512
        settings.documentLimit = (file.limits?.documentMB ?? 256) << 20
        settings.severities = SeverityRules(mayLowerErrors: isTrusted)
        for (code, level) in (file.severity ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let known = DiagnosticCode(rawValue: code) else { continue }
            if !settings.severities.set(known, to: Severity(rawValue: level)) { trust.keepsError(code) }
        }
        for (host, row) in file.legacyHosts ?? [:] {
            if let root = trust.path(row.root, "legacyHosts") { settings.legacyRoots[host.lowercased()] = root }
            if row.allowPrivate == true, trust.allowsPrivate(host) { settings.privateHosts.insert(host.lowercased()) }
        }
        settings.importLimits = importLimits(file, &trust)
        settings.ignored = trust.ignored
    }

    private func importLimits(_ file: ConfigurationFile, _ trust: inout ConfigurationTrust) -> ImportLimits {
        var limits = ImportLimits()
        if let megabytes = file.maxUploadMB { limits.maxBytes = megabytes << 20 }
        if let names = file.allowedMime { limits.allowed = Set(names.compactMap { FileType(mime: $0) }) }
        limits.thumbnails = file.thumbnails ?? []
        if let rule = file.metadata.flatMap(MetadataRule.init(rawValue:)) {
            limits.metadata = trust.metadata(rule) ?? limits.metadata
        }
        return limits
    }

    private func rules(_ mentions: ConfigurationFile.Mentions, _ settings: Settings) -> CompiledRules {
        var table = mentions.table
        if let hosts = mentions.linkHosts, !hosts.isEmpty {
            // What was rewritten must be found again, or it would lose its place among the document's pictures.
            let own = ([settings.remote] + settings.remoteHosts).compactMap { $0.flatMap(Self.host(ofRemote:)) }
            table.nodes.append(RuleTable.link(hosts: hosts.map { $0.lowercased() } + own))
        }
        return CompiledRules(table)
    }

    /// Of a remote's addresses: the host, or that of `base` of a folder.
    private static func host(ofRemote name: String) -> String? {
        guard name.hasPrefix("folder:") else { return AddressForm.host(of: name) }
        return name.firstRange(of: "base=").flatMap { AddressForm.host(of: String(name[$0.upperBound...])) }
    }

    private func applyOverrides(to settings: inout Settings) {
        let working = overrides.workingFolder
        func absolute(_ path: String?) -> String? { path.map { Paths.absolute($0, relativeTo: working) } }
        settings.dataFolder = absolute(overrides.dataFolder) ?? settings.dataFolder ?? overrides.defaultDataFolder
        settings.catalog = absolute(overrides.catalog) ?? settings.catalog
        if !overrides.books.isEmpty { settings.books = overrides.books }
        if let remote = overrides.remote {
            settings.remote = remote
            settings.remoteIsTrusted = true
            settings.remoteFolder = working
        }
        settings.mediaRoot = absolute(overrides.mediaRoot) ?? settings.mediaRoot
        settings.baseURL = overrides.baseURL ?? settings.baseURL
        settings.allowsPrivateHosts = overrides.allowsPrivateHosts
        settings.maxSeconds = overrides.maxSeconds
        settings.requiresCatalog = overrides.requiresCatalog
        if let maxBytes = overrides.maxBytes { settings.importLimits.maxBytes = maxBytes }
    }
}
