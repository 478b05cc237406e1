internal import GRDB

extension CatalogWriter {
    // MARK: Books

    /// Notes that a book has the asset, and where below the data folder its entry lies. The first book is the owner.
    /// - Parameter localPath: relative to the data folder; `nil` leaves what is known.
    package func addBook(assetID: String, bookID: String, localPath: String?) throws {
        try adopt(assetID)
        let owner = try reader.ownerBook(of: assetID)
        try change(
            """
            INSERT INTO tipin_books (asset_id, book_id, is_owner, path, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (asset_id, book_id) DO UPDATE SET path = excluded.path
            WHERE excluded.path IS NOT NULL AND path IS NOT excluded.path
            """, [assetID, bookID, owner == nil, localPath, now])
    }

    /// Writes down what a row that an app made says, by its path or its links, of its book and its copy at the remote.
    /// - Parameter remote: where a copy that the row tells of lies; `nil` makes no line of it.
    func adopt(_ assetID: String, remote: String? = nil) throws {
        let told = try reader.bookInLocalPath(of: assetID)
        let isNew = try reader.count("SELECT count(*) FROM tipin_books WHERE asset_id = ?", [assetID]) == 0
        guard told != nil || isNew, let book = try told?.book ?? reader.ownerBook(of: assetID) else { return }
        if isNew {
            try change(
                "INSERT INTO tipin_books (asset_id, book_id, is_owner, path, created_at) VALUES (?, ?, 1, ?, ?)",
                [assetID, book, told?.relative, now])
        }
        guard let remote, let line = try reader.upload(UploadKey(assetID: assetID, bookID: book, remote: remote)),
            line.status == .uploaded
        else { return }
        try change(
            """
            INSERT INTO tipin_uploads (asset_id, book_id, remote, remote_id, remote_url, status, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, 'uploaded', ?, ?) ON CONFLICT DO NOTHING
            """, line.key.arguments + [line.remoteID, line.remoteURL, now, now])
    }

    // MARK: Where bytes came from

    /// Notes which bytes, as they were found, became the asset, and what was done to their metadata.
    package func recordSource(
        sourceSHA256: SHA256Digest, assetID: String, rule: MetadataRule, stripperVersion: Int
    ) throws {
        try change(
            """
            INSERT INTO tipin_sources (source_sha256, asset_id, metadata_rule, stripper_version, created_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (source_sha256) DO UPDATE SET asset_id = excluded.asset_id,
                metadata_rule = excluded.metadata_rule, stripper_version = excluded.stripper_version
            WHERE asset_id <> excluded.asset_id
            """, [sourceSHA256.description, assetID, rule.rawValue, stripperVersion, now])
    }

    /// Notes that the address led to the asset; a failure that it had is forgotten.
    package func recordSourceURL(_ url: String, assetID: String) throws {
        try change(
            """
            INSERT INTO tipin_source_urls (url, asset_id, tried_at) VALUES (?, ?, ?)
            ON CONFLICT (url) DO UPDATE SET asset_id = excluded.asset_id, failure = NULL, failure_code = NULL,
                is_transient = 0, attempts = 0, tried_at = excluded.tried_at
            WHERE asset_id IS NOT excluded.asset_id
            """, [url, assetID, now])
    }

    /// Notes that the address was asked in vain. One that led to an asset before still names it.
    package func recordSourceFailure(_ url: String, words: String, code: String, isTransient: Bool) throws {
        try change(
            """
            INSERT INTO tipin_source_urls (url, failure, failure_code, is_transient, attempts, tried_at)
            VALUES (?, ?, ?, ?, 1, ?)
            ON CONFLICT (url) DO UPDATE SET failure = excluded.failure, failure_code = excluded.failure_code,
                is_transient = excluded.is_transient, attempts = attempts + 1, tried_at = excluded.tried_at
            WHERE asset_id IS NULL
            """, [url, words, code, isTransient, now])
    }

    /// Notes that one document knows the asset by an id of its own.
    package func setAlias(id: String, book: String, document: String, assetID: String) throws {
        try change(
            """
            INSERT INTO tipin_asset_ids (book_id, document, id, asset_id, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (book_id, document, id) DO UPDATE SET asset_id = excluded.asset_id
            WHERE asset_id <> excluded.asset_id
            """, [book, document, id, assetID, now])
    }

    // MARK: Downloads

    /// Notes that an asset is to be downloaded; what is told later fills what was not known.
    package func recordDownload(_ download: WaitingDownload) throws {
        try change(
            """
            INSERT INTO tipin_downloads (sha256, book_id, remote_url, asset_id, remote_id, mime, width, height,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256, book_id) DO UPDATE SET remote_url = coalesce(excluded.remote_url, remote_url),
                asset_id = coalesce(asset_id, excluded.asset_id), remote_id = coalesce(excluded.remote_id, remote_id),
                mime = coalesce(mime, excluded.mime), width = coalesce(width, excluded.width),
                height = coalesce(height, excluded.height)
            """,
            [
                download.sha256.description, download.book, download.remoteURL, download.assetID, download.remoteID,
                download.mime, download.width, download.height, now,
            ])
    }

    /// Forgets, for all books, that the bytes were waited for.
    package func removeDownload(sha256: SHA256Digest) throws {
        try change("DELETE FROM tipin_downloads WHERE sha256 = ?", [sha256.description])
    }

    // MARK: Plans

    /// Keeps what a plan names from clean-up.
    package func recordPlan(_ plan: String, assetIDs: [String]) throws {
        for id in assetIDs {
            try change(
                "INSERT INTO tipin_plans (plan, asset_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [plan, id, now])
        }
    }

    /// Forgets a plan that was applied or is too old.
    package func removePlan(_ plan: String) throws { try change("DELETE FROM tipin_plans WHERE plan = ?", [plan]) }
}
