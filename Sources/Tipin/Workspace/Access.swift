/// What a run may touch.
package struct Access: Sendable, Equatable {
    package enum Catalog: Sendable { case none, reads, writes }

    package var catalog: Catalog
    package var reachesLegacyHosts = false
    package var reachesRemote = false
    /// Whether the run is for nothing without a remote that gives addresses.
    package var publishes = false

    package init(catalog: Catalog, reachesLegacyHosts: Bool = false, reachesRemote: Bool = false) {
        self.catalog = catalog
        self.reachesLegacyHosts = reachesLegacyHosts
        self.reachesRemote = reachesRemote
    }
}
