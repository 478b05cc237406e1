internal import GRDB

extension CatalogWriter {
    /// What became of a row that was to be removed.
    package enum Removal: Sendable, Equatable {
        case removed
        /// Something began to need it since it was looked at; nothing changed.
        case needed
        /// A rule of the app's keeps it, in whose words; nothing changed.
        case refused(String)
    }

    /// Removes the row of an asset, and all that is known of it, if still nothing needs it; its bytes must go
    /// afterwards.
    package func removeUnused(_ asset: UnusedAsset) throws -> Removal {
        let condition = try CleaningCondition(database).unused
        do {
            try database.cachedStatement(
                sql: "DELETE FROM file_assets AS a WHERE a.id = :id AND lower(a.sha256) = :digest AND \(condition)"
            ).execute(arguments: arguments(asset))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // SQLite takes back the statement alone.
            return .refused(error.message ?? "\(error.resultCode)")
        }
        guard database.changesCount == 1 else { return .needed }
        try forgetFacts(of: asset.id)
        return .removed
    }

    /// Notes that the bytes are not here any more because they can be fetched again; they must go afterwards.
    /// - Returns: `false`, and nothing changed, where that is not so any more.
    package func evict(_ asset: UnusedAsset) throws -> Bool {
        let condition = try CleaningCondition(database).evictable
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO tipin_evicted (asset_id, evicted_at) SELECT a.id, :at FROM file_assets a
                WHERE a.id = :id AND lower(a.sha256) = :digest AND \(condition)
                """
        ).execute(arguments: arguments(asset) + ["at": now])
        guard database.changesCount == 1 else { return false }
        try adopt(asset.id)
        try change("UPDATE tipin_books SET path = NULL WHERE asset_id = ?", [asset.id])
        try setLocalPath(assetID: asset.id, nil)
        return true
    }

    /// Forgets of what an app brought back that it was removed.
    package func clearEvictionsOfPresent() throws {
        try change(
            """
            DELETE FROM tipin_evicted WHERE asset_id IN (SELECT id FROM file_assets WHERE local_path IS NOT NULL)
            """, [])
    }

    /// Notes that the bytes are here again.
    func clearEviction(_ assetID: String) throws {
        try change("DELETE FROM tipin_evicted WHERE asset_id = ?", [assetID])
    }

    /// Takes a document's name off a link that it made; the link goes with the last name.
    /// - Returns: whether the link went.
    @discardableResult
    package func dropMark(_ mark: DocumentMark, from link: AssetLink) throws -> Bool {
        guard try reader.marks(of: link.id).contains(mark) else { return false }
        return try drop(mark, from: link)
    }

    private func arguments(_ asset: UnusedAsset) -> StatementArguments {
        CleaningCondition.arguments(reader.milliseconds, reader.planLimit)
            + ["id": asset.id, "digest": asset.sha256.description]
    }
}
