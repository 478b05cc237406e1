internal import TipinAssets
internal import TipinDiagnostics
package import TipinDocument
internal import TipinFiles

/// Finds the book that owns a document (RULES "Owner book"): its `bookId`, a book's own id, the nearest book document
/// in its folder or one of three above, or what a flag or the configuration says.
package final class OwnerBooks {
    private let collect: Collect
    private let given: [String]
    /// The ids of the book documents in a folder.
    private var booksByFolder: [String: Set<String>] = [:]

    /// - Parameter given: books of `--book` or the configuration.
    package init(_ collect: Collect, given: [String]) {
        self.collect = collect
        self.given = given
    }

    /// The book, or why the document has none.
    enum Owner: Sendable {
        case book(String)
        case none(Problem)
    }

    package func owner(of document: CollectedDocument, at path: String) -> String? {
        if case .book(let book) = answer(for: document, at: path) { book } else { nil }
    }

    func answer(for document: CollectedDocument, at path: String) -> Owner {
        guard let book = named(by: document, at: path) else { return .none(Self.unknown) }
        // A book whose pictures nothing can hold is none for any stage.
        return BlobStore.canHold(book: book) ? .book(book) : .none(BlobError.bookUnusable(book).problem)
    }

    private func named(by document: CollectedDocument, at path: String) -> String? {
        if let id = document.bookID { return id }
        if document.kind == .book, let id = document.id { return id }
        if !path.hasSuffix("/-"), let id = nearestBook(from: Paths.parent(of: path)) { return id }
        return given.count == 1 ? given[0] : nil
    }

    /// Whether the document belongs to another book than the run is for.
    package func isForeign(_ book: String) -> Bool { !given.isEmpty && !given.contains(book) }

    static let unknown = Problem(
        .bookUnknown, "document does not say which book it belongs to",
        notes: [
            "it has no 'bookId', and no single book document stands beside or above it",
            "a book document has an 'id', and 'coverImage', 'gallery', 'chapters', 'characters' or the like",
        ],
        help: ["give --book, say 'bookId' in the document or in tipin.json, or put its book.json beside it"])

    static func foreign(_ book: String) -> Problem {
        Problem(
            .foreignBook, "document belongs to another book and was left alone",
            notes: ["it says '\(Redaction.printable(book))'"], help: ["name the book with --book to work on it too"])
    }

    private func nearestBook(from folder: String) -> String? {
        var folder = folder
        for _ in 0...3 {
            let books = books(in: folder)
            if books.count == 1 { return books.first }
            // Two books at one level: guessing would put pictures into the wrong one.
            if books.count > 1 { return nil }
            guard folder != "/" else { return nil }
            folder = Paths.parent(of: folder)
        }
        return nil
    }

    private func books(in folder: String) -> Set<String> {
        if let known = booksByFolder[folder] { return known }
        var books: Set<String> = []
        let names = (try? Folder(opening: folder).names()) ?? []
        for name in names where name.hasSuffix(".json") && name != ConfigurationFile.name {
            let path = folder + "/" + name
            guard !name.hasSuffix(Manifest.fileSuffix), Paths.isRegularFile(path) else { continue }
            let file = DocumentFile(label: name, path: path, relativePath: name, root: folder, isNamed: false)
            if let id = collect.bookID(of: file) { books.insert(id) }
        }
        booksByFolder[folder] = books
        return books
    }
}
