internal import TipinAssets

/// What is there of one asset.
struct AssetState: Sendable {
    enum Fault: Sendable, Equatable {
        case missing
        /// What stands in its place is not its bytes; why, in words.
        case damaged(String)
        /// Nobody can look: a link stands in the way, or it may not be read. Why, in words.
        case unreachable(String)

        var isMendable: Bool {
            if case .unreachable = self { return false }
            return true
        }
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
    /// The place of an app's own that the row names, and what stands there; `nil` where the row names one of the
    /// entries or none, and where an entry is whole.
    var appFile: (file: AppFile, content: AppFile.Content)?
    /// Whether the catalog says that bytes are here.
    var isSaidToBeHere = false
    /// Whether a remote is said to have them.
    var isUploaded = false
    /// How far the owner book's copy is, where the app's row says something else.
    var hiddenLine: Upload?
    /// How many bytes the picture has, where the catalog says another number.
    var size: Int?
    /// Whether the catalog says something else of the picture than its bytes, as far as those were read.
    var isContradicted = false
    var bytesRead = 0
    var filesRead = 0

    /// Whether the picture is to be looked at once more.
    var needsLook: Bool { asset.lacksFacts || isContradicted }

    /// What can be mended.
    var broken: [Entry] { entries.filter { $0.fault?.isMendable == true } }
    var unreachable: [Entry] { entries.filter { $0.fault?.isMendable == false } }
    /// Whether the app has its bytes in a place of its own, and no book has them.
    var isKeptByApp: Bool { appFile?.content.isWhole == true }
    /// Whether the row's path leads to other bytes or to nothing.
    var isPathWrong: Bool { asset.localPath != nil && appFile?.content.isGone ?? true }
    var whole: [Entry] { entries.filter { $0.fault == nil } }
}
