/// What an import found out about bytes that are to become an asset.
package struct NewAsset: Sendable, Equatable {
    /// `nil` takes the id derived from the digest.
    package var id: String?
    package var sha256: SHA256Digest
    package var ext: String
    package var mime: String
    /// Bytes.
    package var size: Int
    package var width: Int?
    package var height: Int?
    package var frames: Int?
    package var hasAlpha: Bool?
    package var hasPosition: Bool
    /// Absolute.
    package var localPath: String?
    package var status: AssetStatus

    package init(
        id: String? = nil, sha256: SHA256Digest, ext: String, mime: String, size: Int, width: Int? = nil,
        height: Int? = nil, frames: Int? = nil, hasAlpha: Bool? = nil, hasPosition: Bool = false,
        localPath: String? = nil, status: AssetStatus = .localOnly
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
        self.status = status
    }
}
