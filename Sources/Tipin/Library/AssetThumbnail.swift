internal import TipinAssets

/// A smaller picture of an asset, with its orientation applied; never larger than the picture itself.
public struct AssetThumbnail: Sendable, Equatable {
    /// What the longer side was to be, in pixels.
    public let size: Int
    /// Absolute, beside the asset's bytes.
    public let path: String
    /// `image/jpeg` of a JPEG, `image/webp` of the others.
    public let mime: String
    /// Pixels.
    public let width: Int
    /// Pixels.
    public let height: Int

    init(_ thumbnail: Thumbnail, path: String) {
        size = thumbnail.size
        self.path = path
        mime = (FileType.allCases.first { $0.ext == thumbnail.ext } ?? .webp).mime
        width = thumbnail.width
        height = thumbnail.height
    }
}
