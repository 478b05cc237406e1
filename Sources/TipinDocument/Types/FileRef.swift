/// A reference to an asset, as it stands in domain objects and manifests (PRD 5.2, 17).
public struct FileRef: Sendable, Equatable, Codable {
    public var assetId: String
    /// 64 lower-case hexadecimal digits.
    public var sha256: String
    public var role: AssetRole
    public var mime: String?
    /// Pixels, after the picture's orientation is applied.
    public var width: Int?
    /// Pixels, after the picture's orientation is applied.
    public var height: Int?
    public var remoteId: String?
    /// The address preferred for rendering where it is known.
    public var remoteUrl: String?
    /// The absolute path of the bytes on this machine.
    public var localPath: String?

    public init(
        assetId: String, sha256: String, role: AssetRole, mime: String? = nil, width: Int? = nil, height: Int? = nil,
        remoteId: String? = nil, remoteUrl: String? = nil, localPath: String? = nil
    ) {
        self.assetId = assetId
        self.sha256 = sha256
        self.role = role
        self.mime = mime
        self.width = width
        self.height = height
        self.remoteId = remoteId
        self.remoteUrl = remoteUrl
        self.localPath = localPath
    }
}
