internal import TipinDiagnostics
internal import TipinJSON

/// A file after the rewrite stage, before anything is written.
struct RewrittenFile: Sendable {
    /// A manifest file that is new or changes.
    struct NewSidecar: Sendable {
        /// Absolute.
        var path: String
        /// `nil` where there was none.
        var original: [UInt8]?
        var bytes: [UInt8]
    }

    let loaded: LoadedFile
    var bytes: [UInt8]
    /// In the file's offsets, in order.
    var edits: [Edit] = []
    var sidecar: NewSidecar?
    /// The documents that were worked on, each with its own edits.
    var parts: [(document: LoadedDocument, rewrite: DocumentRewrite)] = []
    var diagnostics: [Diagnostic] = []
    var changedMentions = 0
    var changedDocuments = 0
    /// Documents that nothing keeps from being written, changed or not.
    var doneDocuments = 0
    /// Documents that must not be written; in NDJSON their lines stay as they were.
    var refusedDocuments = 0
    /// In NDJSON: where their lines stand, without the line feed.
    var refusedLines: [Range<Int>] = []

    init(_ loaded: LoadedFile) {
        self.loaded = loaded
        bytes = loaded.bytes
    }

    var isChanged: Bool { !edits.isEmpty || sidecar != nil }

    /// Back to what was read: nothing of it was done, so nothing of it may be published.
    /// - Parameter lines: where the documents stand that were worked on.
    mutating func discard(_ lines: [Range<Int>]) {
        refusedDocuments = max(1, lines.count)
        refusedLines = lines
        bytes = loaded.bytes
        edits = []
        sidecar = nil
        parts = []
        changedMentions = 0
        changedDocuments = 0
    }
}
