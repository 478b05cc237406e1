/// A document on its way through the stages of a run.
package struct WorkDocument: Sendable {
    package let file: DocumentFile
    package var loaded: LoadedDocument
    /// The book that owns it.
    package let book: String
    /// What names it in the catalog.
    package let id: String

    package init(_ file: DocumentFile, _ loaded: LoadedDocument, book: String, _ settings: Settings) {
        self.file = file
        self.loaded = loaded
        self.book = book
        id = loaded.catalogID(file, settings)
    }
}
