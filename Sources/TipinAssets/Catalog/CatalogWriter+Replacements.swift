internal import GRDB

extension CatalogWriter {
    /// Notes that one asset takes the place of another from now on. The new one stands for itself again, where it had
    /// been replaced before: so nothing ever leads round in a circle.
    package func recordReplacement(_ replacement: Replacement) throws {
        guard let new = try reader.asset(id: replacement.newAssetID), new.sha256 != replacement.oldSHA256 else {
            return
        }
        try removeReplacement(of: new.sha256, inBook: replacement.book)
        if try reader.replacement(of: new.sha256, inBook: replacement.book) != nil {
            // It goes on being replaced in other books; in this one it stands for itself.
            try insert(
                Replacement(
                    oldSHA256: new.sha256, oldAssetID: new.id, newAssetID: new.id, book: replacement.book,
                    reason: replacement.reason))
        }
        try insert(replacement)
        if replacement.reason == .restrip { try withdrawSucceeded(replacement.oldSHA256) }
    }

    private func insert(_ replacement: Replacement) throws {
        try change(
            """
            INSERT INTO tipin_replacements (old_sha256, book_id, old_asset_id, new_asset_id, reason, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (old_sha256, book_id) DO UPDATE SET old_asset_id = excluded.old_asset_id,
                new_asset_id = excluded.new_asset_id, reason = excluded.reason, created_at = excluded.created_at
            WHERE new_asset_id <> excluded.new_asset_id
            """,
            [
                replacement.oldSHA256.description, replacement.book ?? "", replacement.oldAssetID,
                replacement.newAssetID, replacement.reason.rawValue, now,
            ])
    }

    /// Lets an asset stand for itself again.
    /// - Parameter book: only in that book's documents; what holds for every book stays. `nil` for all of them.
    /// - Returns: whether it had been replaced.
    @discardableResult
    package func removeReplacement(of sha256: SHA256Digest, inBook book: String? = nil) throws -> Bool {
        try change(
            "DELETE FROM tipin_replacements WHERE old_sha256 = ?1 AND (?2 IS NULL OR book_id = ?2)",
            [sha256.description, book]) > 0
    }
}
