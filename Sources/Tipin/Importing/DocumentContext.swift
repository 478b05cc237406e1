/// What tells of a document's mentions besides themselves.
package struct DocumentContext: Sendable {
    /// The book that owns it.
    let book: String
    /// What names it in the catalog.
    let id: String
    let entries: ManifestEntries
    let references: OwnReferences

    package init(_ document: LoadedDocument, book: String, id: String) {
        self.book = book
        self.id = id
        entries = ManifestEntries(of: document)
        references = OwnReferences(of: document.collected)
    }
}
