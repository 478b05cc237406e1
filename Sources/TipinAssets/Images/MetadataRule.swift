/// What is done to the metadata of an imported picture (`metadata` in the configuration).
package enum MetadataRule: String, Sendable, CaseIterable {
    case keep
    /// Removes position data and nothing else.
    case stripGPS = "strip-gps"
    /// Removes everything that does not change how the picture looks.
    case stripAll = "strip-all"
}
