/// Paths that belong together because one configuration speaks for them.
package struct PathGroup: Sendable {
    package var settings: Settings
    package var paths: [String]

    package init(settings: Settings, paths: [String]) {
        self.settings = settings
        self.paths = paths
    }
}

extension SettingsResolver {
    /// The paths by their configuration, in order. Two data folders in one run are refused.
    package func groups(of paths: [String]) throws -> [PathGroup] {
        var groups: [PathGroup] = []
        for path in paths {
            let settings = try settings(for: path == "-" ? nil : path)
            if let place = groups.firstIndex(where: { $0.settings.configuration == settings.configuration }) {
                groups[place].paths.append(path)
            } else {
                groups.append(PathGroup(settings: settings, paths: [path]))
            }
        }
        if let first = groups.first,
            let other = groups.first(where: { $0.settings.dataFolder != first.settings.dataFolder })
        {
            // What is not there belongs to no configuration.
            if let missing = paths.first(where: { $0 != "-" && !isThere($0) }) { throw RunError.pathMissing(missing) }
            throw RunError.twoDataFolders(first.settings.dataFolder ?? "", other.settings.dataFolder ?? "")
        }
        return groups
    }
}
