internal import GRDB
internal import TipinFiles

/// Changes the catalog within one transaction; lives only as long as the call that gave it.
///
/// Each change of a status is guarded in SQL by the status it comes from and says whether it took place.
package struct CatalogWriter {
    /// Sees what this transaction has changed so far.
    package let reader: CatalogReader

    var database: Database { reader.database }

    /// No attempt is put off for longer, in milliseconds (RELIABILITY: five minutes).
    static let longestDelay: Int64 = 300_000
    /// No lease is longer, in milliseconds: one that seems to be was made before the clock jumped back.
    static let longestLease: Int64 = 86_400_000

    init(_ database: Database, _ clock: WallClock) {
        reader = CatalogReader(database, clock)
    }

    // MARK: Rows

    /// Adds a row for bytes that are stored and durable.
    /// - Returns: the standing row where the digest is known, with what it lacked filled in.
    @discardableResult
    package func insert(_ asset: NewAsset) throws -> Asset {
        guard let row = try reader.asset(sha256: asset.sha256) ?? insertRow(asset) else {
            throw CatalogError.damaged(path: "", words: "no row for SHA-256 \(asset.sha256) after inserting one")
        }
        try change(
            """
            UPDATE file_assets SET width = coalesce(width, :width), height = coalesce(height, :height),
                local_path = coalesce(local_path, :path), updated_at = :now
            WHERE id = :id AND (width IS NULL AND :width IS NOT NULL OR height IS NULL AND :height IS NOT NULL
                OR local_path IS NULL AND :path IS NOT NULL)
            """,
            ["id": row.id, "width": asset.width, "height": asset.height, "path": asset.localPath, "now": now])
        try change(
            """
            INSERT INTO tipin_asset_facts (asset_id, frames, has_alpha, has_position) VALUES (?, ?, ?, ?)
            ON CONFLICT (asset_id) DO UPDATE SET frames = coalesce(frames, excluded.frames),
                has_alpha = coalesce(has_alpha, excluded.has_alpha)
            """, [row.id, asset.frames, asset.hasAlpha, asset.hasPosition])
        return try reader.asset(id: row.id) ?? row
    }

    private func insertRow(_ asset: NewAsset) throws -> Asset? {
        let derived = AssetID.derived(from: asset.sha256)
        // The id says whose row it is that has lost its digest.
        if try hasRow(derived), try setDigest(asset.sha256, ofRow: derived) { return try reader.asset(id: derived) }
        // An app may have given this very id to other bytes; those keep it.
        let id = try [asset.id, derived].compactMap { $0 }.first { try !hasRow($0) } ?? AssetID.random()
        try change(
            """
            INSERT INTO file_assets (id, sha256, ext, mime, size_bytes, width, height, local_path, status,
                created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, asset.sha256.description, asset.ext, asset.mime, asset.size, asset.width, asset.height,
                asset.localPath, asset.status.rawValue, now, now,
            ])
        return try reader.asset(id: id)
    }

    /// Whether there is a row of that id, readable or not.
    private func hasRow(_ id: String) throws -> Bool {
        try reader.count("SELECT count(*) FROM file_assets WHERE id = ?", [id]) > 0
    }

    /// Says where the owner book's bytes lie now; `nil` where they are not here any more.
    package func setLocalPath(assetID: String, _ path: String?) throws {
        try change(
            "UPDATE file_assets SET local_path = ?, updated_at = ? WHERE id = ? AND local_path IS NOT ?",
            [path, now, assetID, path])
    }

    /// Notes where the data folder is, so that it is noticed when it was moved.
    func setDataFolder(_ path: String) throws {
        try change(
            """
            INSERT INTO tipin_store (name, value) VALUES ('data_folder', ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [path])
    }

    /// Notes that the asset was used now. The time never goes back, whatever the clock says.
    package func touch(assetID: String) throws {
        try change(
            """
            INSERT INTO tipin_access (asset_id, last_access) VALUES (?, ?)
            ON CONFLICT (asset_id) DO UPDATE SET last_access = max(last_access, excluded.last_access)
            """, [assetID, reader.milliseconds])
    }

    /// `touch`, where no time is noted that is less than a minute old: next to the shortest grace of clean-up, an hour,
    /// such a one is as good as now.
    func touchIfStale(assetID: String) throws {
        if try !reader.staleUses(of: [assetID], olderThan: 60_000).isEmpty { try touch(assetID: assetID) }
    }

    /// What our own tables know of an asset whose row is gone.
    func forgetFacts(of assetID: String) throws {
        for table in [
            "tipin_asset_facts", "tipin_sources", "tipin_source_urls", "tipin_asset_ids", "tipin_books",
            "tipin_uploads", "tipin_access", "tipin_evicted", "tipin_thumbnails",
        ] { try change("DELETE FROM \(table) WHERE asset_id = ?", [assetID]) }
        // What it took the place of has no other; that it was replaced itself stays true of documents yet to come.
        try change("DELETE FROM tipin_replacements WHERE new_asset_id = ?", [assetID])
    }

    // MARK: Parts

    var now: String { reader.clock.timestamp() }

    /// - Returns: how many rows were changed.
    @discardableResult
    func change(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        return database.changesCount
    }
}
