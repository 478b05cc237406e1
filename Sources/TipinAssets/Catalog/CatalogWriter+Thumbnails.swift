internal import GRDB

extension CatalogWriter {
    /// Notes a thumbnail whose file is durable; it takes the place of an older one of that size.
    package func recordThumbnail(_ thumbnail: Thumbnail, assetID: String) throws {
        try change(
            """
            INSERT INTO tipin_thumbnails (asset_id, size, ext, width, height, sha256, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (asset_id, size) DO UPDATE SET ext = excluded.ext, width = excluded.width,
                height = excluded.height, sha256 = excluded.sha256, created_at = excluded.created_at
            WHERE sha256 <> excluded.sha256
            """,
            [
                assetID, thumbnail.size, thumbnail.ext, thumbnail.width, thumbnail.height,
                thumbnail.sha256.description, now,
            ])
    }

    /// Forgets the thumbnail of a size; its files must go afterwards, and it is made again when somebody asks for it.
    package func forgetThumbnail(_ size: Int, assetID: String) throws {
        try change("DELETE FROM tipin_thumbnails WHERE asset_id = ? AND size = ?", [assetID, size])
    }

    /// Forgets the thumbnails of assets that have no row any more, because an app removed it.
    package func forgetStrayThumbnails() throws {
        try change("DELETE FROM tipin_thumbnails WHERE asset_id NOT IN (SELECT id FROM file_assets)", [])
    }
}
