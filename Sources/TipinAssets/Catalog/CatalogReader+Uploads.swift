internal import GRDB
internal import TipinDocument

extension CatalogReader {
    /// One copy's line. A row that an app made and that has no line at all counts as one for the book in its
    /// `local_path`.
    package func upload(_ key: UploadKey) throws -> Upload? {
        let line = try uploads("WHERE asset_id = ? AND book_id = ? AND remote = ?", key.arguments).first
        return try line ?? appMade(key)
    }

    /// All lines of an asset, ordered by book and remote.
    package func uploads(of assetID: String) throws -> [Upload] {
        if let known = ahead?.uploads[ByteKey(assetID)] { return known }
        return try uploads("WHERE asset_id = ? ORDER BY book_id, remote", [assetID])
    }

    /// What is to be sent: pending lines, oldest first, those that may be tried at once before the others.
    /// - Parameters:
    ///   - book: `nil` for all.
    ///   - includeFailedTransient: also failed ones whose cause may have gone away.
    ///   - includeAllFailed: also every other failed one.
    package func pendingUploads(
        remote: String, book: String? = nil, includeFailedTransient: Bool = false, includeAllFailed: Bool = false,
        limit: Int = .max
    ) throws -> [Upload] {
        let order = "coalesce(next_attempt, 0), created_at, asset_id, book_id"
        guard includeFailedTransient || includeAllFailed else {
            // Word for word as in the index that has no others: the first few of many are read, and nothing is sorted.
            return try uploads(
                """
                WHERE remote = ?1 AND status = 'pending_upload' AND (?2 IS NULL OR book_id = ?2)
                    AND asset_id IN (SELECT id FROM file_assets)
                ORDER BY \(order) LIMIT ?3
                """, [remote, book, limit])
        }
        return try uploads(
            """
            WHERE remote = ?1 AND status IN ('pending_upload', 'failed') AND (?2 IS NULL OR book_id = ?2)
                AND (status = 'pending_upload' OR status = 'failed' AND (?4 OR ?3 AND is_transient = 1))
                AND asset_id IN (SELECT id FROM file_assets)
            ORDER BY \(order) LIMIT ?5
            """, [remote, book, includeFailedTransient, includeAllFailed, limit])
    }

    private func appMade(_ key: UploadKey) throws -> Upload? {
        guard let asset = try asset(id: key.assetID), asset.remoteURL != nil || asset.remoteID != nil,
            try ownerBook(of: key.assetID) == key.bookID,
            try count("SELECT count(*) FROM tipin_uploads WHERE asset_id = ?", [key.assetID]) == 0
        else { return nil }
        return Upload(
            key: key, status: asset.status == .localOnly ? .pendingUpload : asset.status, remoteID: asset.remoteID,
            remoteURL: asset.status == .uploaded ? asset.remoteURL : nil)
    }

    func uploads(_ conditions: String, _ arguments: StatementArguments) throws -> [Upload] {
        // A clock that jumped must not put an attempt off for years.
        let latest = milliseconds + CatalogWriter.longestDelay
        return try rows(
            """
            SELECT asset_id, book_id, remote, status, remote_id, remote_url, attempts, next_attempt, last_error,
                error_code, is_transient
            FROM tipin_uploads \(conditions)
            """, arguments
        ) { row -> Upload? in
            guard let asset = row.text(0), let book = row.text(1), let remote = row.text(2),
                let status = row.text(3).flatMap(AssetStatus.init)
            else { return nil }
            var upload = Upload(
                key: UploadKey(assetID: asset, bookID: book, remote: remote), status: status, remoteID: row.text(4),
                remoteURL: row.text(5))
            // Of one that is done there is nothing more to tell, and most are.
            if status == .uploaded { return upload }
            upload.attempts = row.integer(6) ?? 0
            upload.nextAttempt = row.integer(7).map { min(Int64($0), latest) }
            upload.lastError = row.text(8)
            upload.errorCode = row.text(9)
            upload.isTransient = row.truth(10) ?? false
            return upload
        }
    }
}

extension UploadKey {
    var arguments: StatementArguments { [assetID, bookID, remote] }
}
