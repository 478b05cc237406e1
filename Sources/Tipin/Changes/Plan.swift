internal import TipinAssets

/// What is to be done to documents, written down: the exact edits, bound to the bytes they are for (RULES 5 "--plan").
///
/// The file is one JSON object with a document on each line, so that it can be read by people and programs whole, and
/// by `apply` a document at a time.
struct Plan: Sendable {
    /// What stands before the documents.
    struct Header: Sendable, Equatable, Codable {
        /// Of the plan's form.
        var tipinPlan = 1
        var id: String
        var command: String
        /// ISO 8601, UTC.
        var createdAt: String
        /// Absolute, without symbolic links.
        var dataFolder: String?
        /// The PATHs that it was made for, absolute.
        var paths: [String]
    }

    /// What is to be done to one file.
    struct Document: Sendable, Equatable, Codable {
        /// Without edits where only links are to be made.
        var change: RecordedChange
        /// What its documents name then and whose bytes must be here.
        var assets: [NamedAsset]
        var links: [LinkOrder]
    }

    /// What stands behind the documents: without it a part of the file is missing.
    struct End: Sendable, Equatable, Codable {
        var count: Int
    }

    /// The first line without the brace that closes the header, and what follows it.
    static let opening = Array(#","documents":["#.utf8)
    /// What the last line begins with, in place of the brace that opens the end.
    static let closing = Array("],".utf8)
}
