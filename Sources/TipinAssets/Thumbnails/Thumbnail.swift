/// A smaller picture that stands beside an asset's bytes: `thumb_<size>.<ext>` (PRD 6).
package struct Thumbnail: Sendable, Equatable {
    /// What the longer side was to be, in pixels; a smaller picture is not enlarged.
    package var size: Int
    /// Without a full stop.
    package var ext: String
    package var width: Int
    package var height: Int
    /// Of its bytes: one that has others is made again.
    package var sha256: SHA256Digest

    /// The longer sides that a thumbnail may have.
    package static let allowedSizes = 16...2048
    /// No asset has more at once.
    package static let maximumCount = 4
    /// What is made where nobody says otherwise.
    package static let standardSizes = [256, 1024]

    package init(size: Int, ext: String, width: Int, height: Int, sha256: SHA256Digest) {
        self.size = size
        self.ext = ext
        self.width = width
        self.height = height
        self.sha256 = sha256
    }
}
