internal import TipinAssets

/// What became of the links of a document that did not change itself, or on one of many lines.
struct RecordedLinks: Sendable, Equatable {
    var step: LinkStep
    /// Absolute: of the file that holds the document, or would; `nil` where the journal does not say.
    var path: String?

    init(_ step: LinkStep, ofDocumentAt path: String?) {
        self.step = step
        self.path = path
    }
}
