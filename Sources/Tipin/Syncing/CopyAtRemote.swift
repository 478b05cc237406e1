internal import TipinAssets
internal import TipinDocument
internal import TipinSync

/// One book's copy of an asset at a remote.
package struct CopyAtRemote: Sendable, Equatable {
    package var id: String?
    package var url: String
    /// Whether the remote gave or answered for the address; `false` where only a document tells it.
    package var isVouchedFor: Bool

    package init(id: String?, url: String, isVouchedFor: Bool = true) {
        self.id = id
        self.url = url
        self.isVouchedFor = isVouchedFor
    }

    /// The copy at the configured remote; without one, the last that was made anywhere for this book.
    static func find(
        of row: Asset, book: String, remote: (any Remote)?, _ catalog: CatalogReader
    ) throws -> CopyAtRemote? {
        let uploads = try catalog.uploads(of: row.id).filter { $0.key.bookID == book && $0.status == .uploaded }
        let lines = remote.map { remote in uploads.filter { $0.key.remote == remote.name.rawValue } } ?? uploads
        if let line = lines.last {
            let current = remote?.currentURL(bookID: book, sha256: row.sha256.description, ext: row.ext)
            // Where the address tells everything, the id is our own note and no reader's business.
            let id = current == nil ? line.remoteID : nil
            guard var url = current ?? line.remoteURL else { return nil }
            url.shareBytes(of: row.remoteURL)
            return CopyAtRemote(id: id, url: url)
        }
        return try appMade(row, book, remote, uploads, catalog)
    }

    /// A row that the app made has no line; it counts as one for the book that owns it.
    private static func appMade(
        _ row: Asset, _ book: String, _ remote: (any Remote)?, _ uploads: [Upload], _ catalog: CatalogReader
    ) throws -> CopyAtRemote? {
        guard uploads.isEmpty, row.status == .uploaded, let url = row.remoteURL,
            try catalog.ownerBook(of: row.id) == book, remote.map({ $0.owns(url) }) ?? true
        else { return nil }
        return CopyAtRemote(id: row.remoteID, url: url)
    }
}
