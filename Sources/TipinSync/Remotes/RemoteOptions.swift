package import TipinFiles

/// What a remote is opened with beside its name.
package struct RemoteOptions: Sendable {
    /// Sent to the API's origin only, below `/api/books/` and `downloadPaths`.
    package var token: String?
    /// Further origins whose addresses are the remote's own (`remoteHosts`): `https://host[:port]`.
    package var hosts: [String] = []
    /// Further path prefixes at the API's origin below which files are downloaded with the token.
    package var downloadPaths: [String] = []
    /// Transfers at a time.
    package var concurrency = 2
    /// Bits taken from the modes of files and folders that a folder remote makes.
    package var umask: UInt32 = 0o022
    /// Asked before every call that changes a file of a folder remote; only tests have one.
    package var failpoint: Failpoint?

    /// Whether the server may have a private address: not one that a mere neighbour of the documents names.
    package var mayBePrivate = true

    package init() {}
}
