internal import GRDB

extension Asset {
    /// To be followed by conditions on `a`, the row of `file_assets`.
    static let selection = """
        SELECT a.id, a.sha256, a.ext, a.mime, a.size_bytes, a.width, a.height, a.local_path, a.remote_id, a.remote_url,
            a.status, a.created_at, a.updated_at, f.frames, f.has_alpha, f.has_position
        FROM file_assets a LEFT JOIN tipin_asset_facts f ON f.asset_id = a.id
        """

    /// `nil` for a row without an id or a digest, which only an app can have made: nothing can be done with it.
    convenience init?(_ row: CatalogRow) {
        guard let id = row.text(0), let sha256 = row.digest(1) else { return nil }
        let createdAt = row.text(11) ?? ""
        self.init(
            id: id, sha256: sha256, ext: row.text(2) ?? "", mime: row.text(3) ?? "", size: row.byteCount(4) ?? 0,
            width: row.integer(5), height: row.integer(6), frames: row.integer(13), hasAlpha: row.truth(14),
            hasPosition: row.truth(15) ?? false, localPath: row.text(7), remoteID: row.text(8), remoteURL: row.text(9),
            status: row.text(10).flatMap(AssetStatus.init) ?? .localOnly, createdAt: createdAt,
            // Most were never changed; one text for both halves their times' part in memory.
            updatedAt: row.hasText(createdAt, 12) ? createdAt : row.text(12) ?? "")
    }
}
