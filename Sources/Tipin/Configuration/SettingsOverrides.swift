/// What flags and the environment say, stronger than any configuration.
package struct SettingsOverrides: Sendable, Equatable {
    package var workingFolder: String
    /// `--data-dir`, else `TIPIN_DATA_DIR`.
    package var dataFolder: String?
    /// Used where nobody names one: the platform's folder for applications' data.
    package var defaultDataFolder: String?
    package var catalog: String?
    /// `--config`.
    package var configuration: String?
    package var books: [String] = []
    package var remote: String?
    package var mediaRoot: String?
    package var baseURL: String?
    package var allowsPrivateHosts = false
    /// Bytes.
    package var maxBytes: Int?
    /// Seconds for one fetch.
    package var maxSeconds: Int?
    /// Whether the data folder was named by a flag, so that a catalog must be there.
    package var requiresCatalog = false

    package init(workingFolder: String) { self.workingFolder = workingFolder }
}
