internal import GRDB

extension CatalogWriter {
    /// Says how many bytes the picture has, where the row has another number.
    package func setSize(assetID: String, _ size: Int) throws {
        try change(
            "UPDATE file_assets SET size_bytes = ?, updated_at = ? WHERE id = ? AND size_bytes IS NOT ?",
            [size, now, assetID, size])
    }

    /// Gives a row that has no digest the one that its bytes were found to have.
    /// - Returns: `false`, and nothing changed, where there is no such row, or another has that digest.
    @discardableResult
    package func setDigest(_ digest: SHA256Digest, ofRow id: String) throws -> Bool {
        guard try reader.asset(sha256: digest) == nil else { return false }
        return try change(
            "UPDATE file_assets SET sha256 = ?, updated_at = ? WHERE id = ? AND \(CatalogReader.isUnreadable)",
            [digest.description, now, id]) == 1
    }

    /// Says in `file_assets` what a copy's line says: the app reads it there, and may have made the row anew.
    /// - Returns: whether it said something else. What only an app can have said stays.
    @discardableResult
    package func showLine(_ key: UploadKey) throws -> Bool {
        guard let line = try reader.hiddenLine(of: key) else { return false }
        let isUploaded = line.status == .uploaded
        return try change(
            """
            UPDATE file_assets SET status = ?2, remote_id = coalesce(?3, remote_id),
                remote_url = coalesce(?4, remote_url), updated_at = ?5
            WHERE id = ?1
            """,
            [
                key.assetID, line.status.rawValue, isUploaded ? line.remoteID : nil, isUploaded ? line.remoteURL : nil,
                now,
            ]) == 1
    }

    /// Says of a picture of what kind and how large its bytes are, in the place of what somebody else said.
    /// - Parameter width: pixels, after its orientation is applied; as `height`.
    func correctKind(assetID: String, ext: String, mime: String, width: Int, height: Int) throws {
        try change(
            "UPDATE file_assets SET ext = ?, mime = ?, width = ?, height = ?, updated_at = ? WHERE id = ?",
            [ext, mime, width, height, now, assetID])
    }

    /// Notes what a picture's bytes tell. What the row says of its width and height stays.
    /// - Parameter hasPosition: whether they say where it was taken; `nil` leaves what is known of that.
    func setFacts(assetID: String, _ facts: PictureFacts, hasPosition: Bool? = nil) throws {
        try change(
            """
            UPDATE file_assets SET width = coalesce(width, :width), height = coalesce(height, :height),
                updated_at = :now
            WHERE id = :id AND (width IS NULL AND :width IS NOT NULL OR height IS NULL AND :height IS NOT NULL)
            """, ["id": assetID, "width": facts.width, "height": facts.height, "now": now])
        try change(
            """
            INSERT INTO tipin_asset_facts (asset_id, frames, has_alpha, has_position)
            VALUES (:id, :frames, :alpha, coalesce(:position, 0))
            ON CONFLICT (asset_id) DO UPDATE SET frames = coalesce(excluded.frames, frames),
                has_alpha = coalesce(excluded.has_alpha, has_alpha), has_position = coalesce(:position, has_position)
            """, ["id": assetID, "frames": facts.frames, "alpha": facts.hasAlpha, "position": hasPosition])
    }

    /// Notes that a book's entry of the asset is not here any more; the book keeps the asset.
    /// - Parameter keepsLocalPath: whether the row's path leads to another place, where the bytes may be.
    package func forgetPath(assetID: String, bookID: String, keepsLocalPath: Bool = false) throws {
        if try reader.ownerBook(of: assetID) == bookID {
            try adopt(assetID)
            if !keepsLocalPath { try setLocalPath(assetID: assetID, nil) }
        }
        try change(
            "UPDATE tipin_books SET path = NULL WHERE asset_id = ? AND book_id = ?", [assetID, bookID])
    }
}
