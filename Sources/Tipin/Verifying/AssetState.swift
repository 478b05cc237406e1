internal import TipinAssets

/// What is there of one asset.
struct AssetState: Sendable {
    enum Fault: Sendable, Equatable {
        case missing
        /// What stands in its place is not its bytes; why, in words.
        case damaged(String)
    }

    /// A book's entry.
    struct Entry: Sendable {
        var book: String
        /// Relative to the data folder; where it lies or should lie.
        var path: String
        /// `nil` as far as was looked.
        var fault: Fault?
    }

    /// A thumbnail that the catalog knows and that is not as it should be.
    struct BrokenThumbnail: Sendable {
        var thumbnail: Thumbnail
        /// The books where it is damaged.
        var books: [String]
        /// Whether it is whole in no book.
        var isGone: Bool
    }

    var asset: Asset
    var entries: [Entry] = []
    var brokenThumbnails: [BrokenThumbnail] = []
    /// How many the catalog knows.
    var thumbnailCount = 0
    /// Whether the catalog says that bytes are here.
    var isSaidToBeHere = false
    /// Whether a remote is said to have them.
    var isUploaded = false
    /// How many bytes the picture has, where the catalog says another number.
    var size: Int?
    var bytesRead = 0
    var filesRead = 0

    var broken: [Entry] { entries.filter { $0.fault != nil } }
    var whole: [Entry] { entries.filter { $0.fault == nil } }
}
