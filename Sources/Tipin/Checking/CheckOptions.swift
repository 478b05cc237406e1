/// What `check` is asked for.
package struct CheckOptions: Sendable {
    /// What the documents are to be good for.
    package enum Purpose: String, Sendable, CaseIterable { case source, device, publish }

    package var paths: [String]
    package var purpose = Purpose.source
    /// Also asks the remote and the legacy hosts.
    package var isOnline = false
    /// Reads every blob and compares its digest.
    package var readsData = false

    package init(paths: [String]) { self.paths = paths }
}
