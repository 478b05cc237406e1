internal import TipinAssets
package import TipinJSON

/// One thing that clean-up does, or would do.
package struct CleanedItem: Sendable, Equatable {
    package enum Action: String, Sendable, CaseIterable {
        /// A link that documents made which are there no more.
        case unlink
        /// Bytes and row go into quarantine.
        case remove
        /// Bytes without a row go into quarantine.
        case removeStray = "remove-stray"
        /// Bytes go that can be fetched again.
        case evict
        /// What lay in quarantine long enough goes for good.
        case forget
    }

    package var action: Action
    /// `nil` for bytes without a row.
    package var assetID: String?
    package var sha256: String
    /// That are freed, or moved aside.
    package var bytes: Int
    /// Why, in words.
    package var reason: String

    init(_ action: Action, _ assetID: String?, _ digest: SHA256Digest, bytes: Int, reason: String) {
        self.action = action
        self.assetID = assetID
        sha256 = digest.description
        self.bytes = bytes
        self.reason = reason
    }

    /// One object on a line of its own.
    package func write(to writer: inout JSONWriter, isDone: Bool) {
        writer.object { writer in
            writer.member("action", action.rawValue)
            writer.key("done")
            writer.boolean(isDone)
            writer.member("asset", assetID)
            writer.member("sha256", sha256)
            writer.member("bytes", bytes)
            writer.member("reason", reason)
        }
        writer.newline()
    }
}
