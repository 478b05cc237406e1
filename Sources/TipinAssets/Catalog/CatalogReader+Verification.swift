internal import GRDB

extension CatalogReader {
    /// The next assets in the order of their ids.
    /// - Parameter id: of the last one that was given; `nil` for the first.
    package func assets(afterID id: String?, limit: Int) throws -> [Asset] {
        try all("WHERE a.id > ? ORDER BY a.id LIMIT ?", [id ?? "", limit])
    }

    /// The books of an asset, the owner first, each with where its entry lies as far as the catalog says so.
    package func places(of assetID: String) throws -> [(book: String, path: String?)] {
        try books(of: assetID).map { ($0, try path(of: assetID, inBook: $0)) }
    }

    /// Whether any remote is said to have a copy.
    package func isUploaded(_ asset: Asset) throws -> Bool {
        if asset.status == .uploaded { return true }
        return try uploads(of: asset.id).contains { $0.status == .uploaded }
    }
}

extension CatalogWriter {
    /// Says how many bytes the picture has, where the row has another number.
    package func setSize(assetID: String, _ size: Int) throws {
        try change(
            "UPDATE file_assets SET size_bytes = ?, updated_at = ? WHERE id = ? AND size_bytes IS NOT ?",
            [size, now, assetID, size])
    }

    /// Notes that a book's entry of the asset is not here any more; the book keeps the asset.
    package func forgetPath(assetID: String, bookID: String) throws {
        if try reader.ownerBook(of: assetID) == bookID {
            try adopt(assetID)
            try setLocalPath(assetID: assetID, nil)
        }
        try change(
            "UPDATE tipin_books SET path = NULL WHERE asset_id = ? AND book_id = ?", [assetID, bookID])
    }
}
