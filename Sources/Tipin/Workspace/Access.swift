/// What a run may touch.
package struct Access: Sendable, Equatable {
    package enum Catalog: Sendable {
        case none, reads, writes
        /// Changes a store that is there and keeps importers away meanwhile.
        case cleans
    }

    package var catalog: Catalog
    package var reachesLegacyHosts = false
    package var reachesRemote = false
    /// What the run is for nothing without.
    package enum Need: Sendable {
        case nothing
        case remote
        /// A remote that gives its files addresses.
        case publishingRemote
    }
    package var needs = Need.nothing

    package init(catalog: Catalog, reachesLegacyHosts: Bool = false, reachesRemote: Bool = false) {
        self.catalog = catalog
        self.reachesLegacyHosts = reachesLegacyHosts
        self.reachesRemote = reachesRemote
    }
}
