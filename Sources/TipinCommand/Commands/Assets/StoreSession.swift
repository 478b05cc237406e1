import Tipin

/// Opens the store for a command that works on assets alone.
enum StoreSession {
    static func open(_ common: CommonOptions, _ access: Access, forPath path: String? = nil) throws -> Workspace {
        var overrides = common.overrides
        if access.catalog == .writes { overrides.requiresCatalog = false }
        let settings = try SettingsResolver(overrides).settings(for: path)
        return try Workspace(settings, host: common.host, access: access)
    }
}
