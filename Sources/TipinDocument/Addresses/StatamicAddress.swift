/// A file in a container of assets, as Statamic's Bard fields name it: `asset::<container>::<path>`, in HTML
/// `statamic://asset::<container>::<path>`.
package struct StatamicAddress: Sendable, Equatable {
    package var container: String
    /// Below the container's folder.
    package var path: String

    package init?(_ address: String) {
        let scheme = "statamic://"
        let rest = address.lowercased().hasPrefix(scheme) ? address.dropFirst(scheme.count) : address[...]
        let parts = rest.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "asset", !parts[1].isEmpty, !parts[2].isEmpty, !parts[1].contains("/")
        else {
            return nil
        }
        container = String(parts[1])
        path = PercentCoding.decoded(String(parts[2]))
    }
}
