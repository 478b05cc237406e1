internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// The edits of one document and what is to be said of it.
struct DocumentRewrite: Sendable {
    /// In the document's own offsets.
    var edits: [Edit] = []
    /// Which of the edits are a mention's; all others are a manifest's.
    var mentionEdits: [MentionEdits] = []
    /// The new bytes of the manifest file beside it; `nil` where it needs none or stays.
    var sidecar: [UInt8]?
    var findings: [MentionFinding] = []
    /// What is said of values that are no mentions'.
    var valueFindings: [ValueFinding] = []
    /// Addresses that stay and may not be published, each with its JSON pointer.
    var unpublishable: [(pointer: String, problem: Problem)] = []
    /// Mentions whose bytes change.
    var changedMentions = 0
    /// Why the document must not be written at all.
    var refusal: Refusal?

    enum Refusal: Sendable {
        case problem(Problem)
        /// Its manifest file cannot be used, which was said when it was read.
        case lacksManifestFile
    }

    /// A mention and its edits, by their places.
    struct MentionEdits: Sendable {
        /// Of `CollectedDocument.mentions`.
        var mention: Int
        /// Of `DocumentRewrite.edits`.
        var edits: Range<Int>
        /// The id that stood there, where another takes its place.
        var oldAssetID: String?
    }
}
