/// A place that keeps copies of assets and gives them addresses for readers.
///
/// One contract suite (`RemoteContract`) holds for every implementation. Digests are 64 lower-case hexadecimal digits.
package protocol Remote: Sendable {
    /// Under which the catalog remembers what was sent here.
    var name: RemoteName { get }

    /// Whether what is sent here has an address that readers can open.
    var canPublish: Bool { get }

    /// Whether the address, after dot segments are resolved, is one of this remote's.
    func owns(_ url: String) -> Bool

    /// Sends a blob; one that is there already with the same digest counts as sent. Tries once.
    func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy

    /// Asks whether the bytes stand at the address, by what is told of them; where that is not enough they are
    /// compared. Tries once.
    /// - Parameters:
    ///   - id: the remote's own id of the copy, where it gave one.
    ///   - size: bytes that the copy is said to have; `nil` where nobody knows. Of bytes that are read the digest
    ///     alone decides.
    func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence

    /// Reads the bytes at the address and compares them: what is to be the only copy is not taken on trust. Tries once.
    /// - Parameters: as above.
    func comparison(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence

    /// The bytes at an address that `owns` says yes to; their digest is the caller's to check. Tries once.
    /// - Parameter maxBytes: more throw `RemoteError.tooLarge`.
    func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8]

    /// The address that the copy has by the present configuration; `nil` where only the remote's reply tells it.
    func currentURL(bookID: String, sha256: String, ext: String) -> String?

    /// Throws what would keep an upload from working now; changes nothing.
    func probe() async throws(RemoteError)
}
