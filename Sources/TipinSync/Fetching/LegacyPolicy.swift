/// Which hosts a fetch may reach, and for how long.
package struct LegacyPolicy: Sendable {
    /// Lets every host have a private address (`--allow-private-hosts`).
    package var allowsPrivateHosts = false
    /// Hosts, in lower case, that may have one.
    package var privateHosts: Set<String> = []
    /// Seconds for one fetch with all its redirects' hops, each.
    package var maxSeconds = 60

    package init() {}
}
