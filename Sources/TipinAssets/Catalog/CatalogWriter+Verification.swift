internal import GRDB

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
