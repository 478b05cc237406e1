/// What is known of one asset: a row of `file_assets` (PRD 5.1) and what tipin keeps beside it.
package struct Asset: Sendable, Equatable {
    package var id: String
    /// The digest of the stored bytes.
    package var sha256: SHA256Digest
    /// Without a full stop.
    package var ext: String
    package var mime: String
    /// Bytes.
    package var size: Int
    /// Pixels, after the picture's orientation is applied; `nil` for what is no picture or was not looked at.
    package var width: Int?
    package var height: Int?
    /// 1 for a still picture.
    package var frames: Int?
    package var hasAlpha: Bool?
    /// Whether the stored bytes say where the picture was taken.
    package var hasPosition: Bool
    /// The absolute path of the owner book's bytes on this machine.
    package var localPath: String?
    package var remoteID: String?
    package var remoteURL: String?
    package var status: AssetStatus
    /// ISO 8601, UTC.
    package var createdAt: String
    package var updatedAt: String

    package init(
        id: String, sha256: SHA256Digest, ext: String, mime: String, size: Int, width: Int? = nil, height: Int? = nil,
        frames: Int? = nil, hasAlpha: Bool? = nil, hasPosition: Bool = false, localPath: String? = nil,
        remoteID: String? = nil, remoteURL: String? = nil, status: AssetStatus = .localOnly, createdAt: String = "",
        updatedAt: String = ""
    ) {
        self.id = id
        self.sha256 = sha256
        self.ext = ext
        self.mime = mime
        self.size = size
        self.width = width
        self.height = height
        self.frames = frames
        self.hasAlpha = hasAlpha
        self.hasPosition = hasPosition
        self.localPath = localPath
        self.remoteID = remoteID
        self.remoteURL = remoteURL
        self.status = status
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
