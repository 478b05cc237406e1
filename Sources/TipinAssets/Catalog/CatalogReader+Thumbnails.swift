internal import GRDB

extension CatalogReader {
    /// The thumbnails that were made of an asset, the smallest first. In which books they stand, the disk says.
    package func thumbnails(of assetID: String) throws -> [Thumbnail] {
        try rows(
            "SELECT size, ext, width, height, sha256 FROM tipin_thumbnails WHERE asset_id = ? ORDER BY size", [assetID]
        ) { row -> Thumbnail? in
            guard let size = row.integer(0), let ext = row.text(1), let width = row.integer(2),
                let height = row.integer(3), let digest = row.digest(4)
            else { return nil }
            return Thumbnail(size: size, ext: ext, width: width, height: height, sha256: digest)
        }
    }
}
