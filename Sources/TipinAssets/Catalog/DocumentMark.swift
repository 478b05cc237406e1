/// A document that made links: its book, its kind and its id, or its path where it has none.
package struct DocumentMark: Sendable, Hashable, Codable {
    package var book: String
    package var kind: String
    package var document: String

    package init(book: String, kind: String, document: String) {
        self.book = book
        self.kind = kind
        self.document = document
    }
}
