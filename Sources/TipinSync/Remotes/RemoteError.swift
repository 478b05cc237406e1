package import TipinFiles

/// What a remote could not do, as facts; `RemoteError+Diagnostic.swift` has the words for people.
package enum RemoteError: Error, Sendable, Equatable {
    /// The configured name means no remote; the words say why.
    case badName(String, words: String)
    /// No connection: no such host, refused, no route.
    case notReachable(url: String, words: String)
    /// A status that is no success; the words are the reply's own, cut short.
    case status(Int, words: String, retryAfterSeconds: Int? = nil)
    /// A success whose reply does not say what it must.
    case badReply(words: String)
    /// A call on a file of the remote's folder or on the blob failed.
    case file(FileError)
    /// The blob at this path has not the digest of its asset.
    case damaged(path: String)
    /// More bytes than may be downloaded.
    case tooLarge(limit: Int)
    /// Nothing stands at the address (404, 410, no such file).
    case missing(url: String)
    /// The address does not belong to this remote.
    case notOurs(url: String)
    /// A transfer that broke, with libcurl's `CURLcode`.
    case transfer(code: Int, words: String)
    /// The remote does not accept the token, or wants one (401).
    case unauthorised
    /// The task was cancelled before the end.
    case cancelled
}
