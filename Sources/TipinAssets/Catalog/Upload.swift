/// How far one copy is: a line of `tipin_uploads`.
package struct Upload: Sendable, Equatable {
    package var key: UploadKey
    /// Never `.localOnly`.
    package var status: AssetStatus
    package var remoteID: String?
    /// Where the copy is served; `nil` unless `uploaded`.
    package var remoteURL: String?
    /// Attempts in vain since it last was uploaded or put back.
    package var attempts = 0
    /// Not before: milliseconds since 1970, never more than five minutes ahead.
    package var nextAttempt: Int64?
    package var lastError: String?
    package var errorCode: String?
    package var isTransient = false

    package init(key: UploadKey, status: AssetStatus, remoteID: String? = nil, remoteURL: String? = nil) {
        self.key = key
        self.status = status
        self.remoteID = remoteID
        self.remoteURL = remoteURL
    }
}
