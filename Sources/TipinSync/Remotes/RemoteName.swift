/// The lasting identity of a remote: `folder:/absolute/path` without its base, or an API's origin with its path prefix.
package struct RemoteName: Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Whether it is a folder, which can be looked at without the network.
    package var isFolder: Bool { rawValue.hasPrefix("folder:") }
}
