internal import GRDB

extension CatalogReader {
    /// The thumbnails that were made of an asset, the smallest first. In which books they stand, the disk says.
    package func thumbnails(of assetID: String) throws -> [Thumbnail] {
        try rows(
            "SELECT size, ext, width, height, sha256 FROM tipin_thumbnails WHERE asset_id = ? ORDER BY size", [assetID]
        ) { row -> Thumbnail? in
            guard let size = row.integer(0), let ext = row.text(1), let width = row.integer(2),
                let height = row.integer(3), let digest = row.text(4).flatMap({ SHA256Digest($0) })
            else { return nil }
            return Thumbnail(size: size, ext: ext, width: width, height: height, sha256: digest)
        }
    }
}

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
