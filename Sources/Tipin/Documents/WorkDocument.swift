/// A document on its way through the stages of a run.
package struct WorkDocument: Sendable {
    package let file: DocumentFile
    package var loaded: LoadedDocument
    /// The book that owns it.
    package let book: String
    /// What names it in the catalog.
    package let id: String

    /// - Parameter folder: the configuration's.
    package init(_ file: DocumentFile, _ loaded: LoadedDocument, book: String, below folder: String?) {
        self.file = file
        self.loaded = loaded
        self.book = book
        id = loaded.catalogID(file, below: folder)
    }
}
