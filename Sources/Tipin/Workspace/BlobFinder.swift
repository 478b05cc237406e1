internal import TipinAssets
internal import TipinDocument

/// Finds the bytes of many assets: the folders of all books are listed once, for nearly every asset is in its own
/// book's or nowhere. Belongs to one task, and to so few documents that no folder comes unseen for long.
final class BlobFinder {
    /// A blob's entry in a book's folder.
    struct Found {
        /// Below the data folder.
        var path: String
        /// Whether it is in the folder of the book that was asked for.
        var isInBook: Bool
    }

    private let blobs: BlobStore?
    private lazy var folders: [String] = blobs?.bookFolders ?? []
    private var hasFolder: [ByteKey: Bool] = [:]

    init(_ blobs: BlobStore?) { self.blobs = blobs }

    /// - Parameters:
    ///   - ext: how its name ends, most likely.
    ///   - others: the books that the catalog knows to have it, best first; asked for only where this book has it not.
    func find(
        _ digest: SHA256Digest, book: ByteKey, ext: String?, others: () throws -> [String]
    ) rethrows -> Found? {
        guard let blobs else { return nil }
        if hasFolder(of: book, blobs), let path = blobs.find(digest, books: [book.text], ext: ext) {
            return Found(path: path, isInBook: true)
        }
        guard let any = blobs.find(digest, folders: folders) else { return nil }
        return Found(path: blobs.find(digest, books: try others()) ?? any, isInBook: false)
    }

    private func hasFolder(of book: ByteKey, _ blobs: BlobStore) -> Bool {
        if let known = hasFolder[book] { return known }
        let has = blobs.folderName(of: book.text).map { folders.contains($0) } ?? false
        hasFolder[book] = has
        return has
    }
}
