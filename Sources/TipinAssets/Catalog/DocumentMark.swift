internal import TipinDocument

/// A document that made links: its book, its kind and its id, or its path where it has none. They are told apart by
/// their bytes, as in the catalog.
package struct DocumentMark: Sendable, Codable {
    package var book: String
    package var kind: String
    package var document: String

    package init(book: String, kind: String, document: String) {
        self.book = book
        self.kind = kind
        self.document = document
    }

    /// Whether both are documents of one kind in one book.
    func isBeside(_ other: DocumentMark) -> Bool {
        book.hasSameBytes(as: other.book) && kind.hasSameBytes(as: other.kind)
    }
}

extension DocumentMark: Hashable {
    package static func == (left: DocumentMark, right: DocumentMark) -> Bool {
        left.isBeside(right) && left.document.hasSameBytes(as: right.document)
    }

    package func hash(into hasher: inout Hasher) {
        for text in [book, kind, document] { hasher.combine(ByteKey(text)) }
    }
}
