/// What is known of one asset: a row of `file_assets` (PRD 5.1) and what tipin keeps beside it, as it was when it was
/// read. Shared by all who speak of it: a run hands it on for each mention.
package final class Asset: Sendable {
    package let id: String
    /// The digest of the stored bytes.
    package let sha256: SHA256Digest
    /// Without a full stop.
    package let ext: String
    package let mime: String
    /// Bytes.
    package let size: Int
    /// Pixels, after the picture's orientation is applied; `nil` for what is no picture or was not looked at.
    package let width: Int?
    package let height: Int?
    /// 1 for a still picture.
    package let frames: Int?
    package let hasAlpha: Bool?
    /// Whether the stored bytes say where the picture was taken.
    package let hasPosition: Bool
    /// The absolute path of the owner book's bytes on this machine.
    package let localPath: String?
    package let remoteID: String?
    package let remoteURL: String?
    package let status: AssetStatus
    /// ISO 8601, UTC.
    package let createdAt: String
    package let updatedAt: String

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

extension Asset {
    /// Bytes; `nil` where the catalog says a number that no picture has.
    package var knownSize: Int? { size > 0 ? size : nil }
}

extension Asset: Equatable {
    package static func == (left: Asset, right: Asset) -> Bool {
        left === right
            || (left.id, left.sha256, left.ext, left.mime, left.size)
                == (right.id, right.sha256, right.ext, right.mime, right.size)
                && (left.width, left.height, left.frames, left.hasAlpha, left.hasPosition)
                    == (right.width, right.height, right.frames, right.hasAlpha, right.hasPosition)
                && (left.localPath, left.remoteID, left.remoteURL, left.status, left.createdAt, left.updatedAt)
                    == (
                        right.localPath, right.remoteID, right.remoteURL, right.status, right.createdAt, right.updatedAt
                    )
    }
}
