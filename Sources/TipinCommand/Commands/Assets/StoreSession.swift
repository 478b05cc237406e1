import Tipin

/// Opens the store for a command that works on assets alone.
enum StoreSession {
    /// - Parameters:
    ///   - creates: whether a store that is not there is made; else to change it is an error.
    ///   - given: of documents that are looked through, which say where their store is.
    static func open(
        _ common: CommonOptions, _ access: Access, creates: Bool = false, settings given: Settings? = nil
    ) throws -> Workspace {
        var overrides = common.overrides
        if access.catalog == .writes { overrides.requiresCatalog = !creates }
        let settings = try given ?? SettingsResolver(overrides).settings(for: nil)
        if access.catalog == .writes, !creates {
            try Workspace.expectStore(settings, host: common.host)
        }
        return try Workspace(settings, host: common.host, access: access)
    }
}
