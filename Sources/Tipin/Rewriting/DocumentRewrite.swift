internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinJSON

/// The edits of one document and what is to be said of it.
struct DocumentRewrite: Sendable {
    /// In the document's own offsets.
    var edits: [Edit] = []
    /// The new bytes of the manifest file beside it; `nil` where it needs none or stays.
    var sidecar: [UInt8]?
    var findings: [MentionFinding] = []
    /// Mentions whose bytes change.
    var changedMentions = 0
    /// Why the document must not be written at all.
    var refusal: Problem?
}
