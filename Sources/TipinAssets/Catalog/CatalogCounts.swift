/// How much the catalog holds.
package struct CatalogCounts: Sendable, Equatable {
    package var assets = 0
    /// Assets by their status.
    package var statuses: [AssetStatus: Int] = [:]
    package var links = 0
    package var pendingUploads = 0
    package var failedUploads = 0
    package var waitingDownloads = 0
    package var failedSources = 0
    /// Rows that an app made and that cannot be used: no id, or no SHA-256.
    package var unreadableRows = 0

    package init() {}
}
