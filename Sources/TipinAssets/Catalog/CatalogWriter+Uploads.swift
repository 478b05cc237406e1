internal import GRDB

extension CatalogWriter {
    // MARK: Queueing

    /// Makes a pending line where the copy has none; one that is uploaded, or failed for good, stays as it is.
    /// - Returns: whether a line was made. None is made of a picture in whose place the one without metadata stands.
    @discardableResult
    package func enqueueUpload(assetID: String, bookID: String, remote: String) throws -> Bool {
        try adopt(assetID, remote: remote)
        let made = try change(
            """
            INSERT INTO tipin_uploads (asset_id, book_id, remote, status, created_at, updated_at)
            SELECT a.id, ?2, ?3, 'pending_upload', ?4, ?4 FROM file_assets a
            WHERE a.id = ?1 AND NOT \(Self.isSucceeded(inBook: "?2"))
            ON CONFLICT DO NOTHING
            """, [assetID, bookID, remote, now])
        guard made == 1 else {
            // A row that was made anew does not know what became of the copy.
            try showLine(UploadKey(assetID: assetID, bookID: bookID, remote: remote))
            return false
        }
        try mirror(assetID, bookID, "status = 'pending_upload'", from: "status = 'local_only'")
        return true
    }

    /// Makes a pending line for each asset that is here and has none for the remote.
    /// - Parameter book: `nil` for all.
    /// - Returns: how many were made.
    @discardableResult
    package func enqueueUnsent(remote: String, book: String? = nil) throws -> Int {
        try withdrawSucceeded()
        for id in try reader.texts(
            """
            SELECT id FROM file_assets WHERE local_path IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = id)
            """, [])
        { try adopt(id, remote: remote) }
        let unsent = try reader.rows(
            """
            SELECT b.asset_id, b.book_id FROM tipin_books b JOIN file_assets a ON a.id = b.asset_id
            WHERE b.path IS NOT NULL AND (?2 IS NULL OR b.book_id = ?2)
                AND NOT EXISTS (SELECT 1 FROM tipin_uploads u
                    WHERE u.asset_id = b.asset_id AND u.book_id = b.book_id AND u.remote = ?1)
                AND NOT \(Self.isSucceeded(inBook: "b.book_id"))
            ORDER BY a.created_at, b.asset_id, b.book_id
            """, [remote, book]
        ) { row in row.text(0).flatMap { asset in row.text(1).map { (asset, $0) } } }
        var made = 0
        for (asset, book) in unsent where try enqueueUpload(assetID: asset, bookID: book, remote: remote) { made += 1 }
        return made
    }

    /// Takes back what is still to be sent of pictures that `assets restrip` put others in the place of: no document
    /// will name them any more. Their bytes and rows stay, and so do copies that the remote has. What is being sent at
    /// this moment is left to whoever sends it.
    /// - Parameter sha256: of one of them; `nil` for all.
    func withdrawSucceeded(_ sha256: SHA256Digest? = nil) throws {
        let succeeded = """
            SELECT a.id FROM tipin_replacements r JOIN file_assets a ON a.sha256 = r.old_sha256
            WHERE r.reason = 'restrip' AND (?1 IS NULL OR r.old_sha256 = ?1)
            """
        try change(
            """
            DELETE FROM tipin_uploads AS u
            WHERE u.asset_id IN (\(succeeded)) AND u.status IN ('pending_upload', 'failed')
                AND (u.lease_until IS NULL OR u.lease_until <= ?2)
                AND EXISTS (SELECT 1 FROM file_assets a
                    WHERE a.id = u.asset_id AND \(Self.isSucceeded(inBook: "u.book_id")))
            """, [sha256?.description, reader.milliseconds])
        try change(
            """
            UPDATE file_assets AS f SET status = 'local_only', updated_at = ?2
            WHERE f.id IN (\(succeeded)) AND f.status IN ('pending_upload', 'failed')
                AND NOT EXISTS (SELECT 1 FROM tipin_uploads u WHERE u.asset_id = f.id AND u.status <> 'uploaded')
            """, [sha256?.description, now])
    }

    /// Whether a stripped picture stands in the place of `a` in a book's documents, in SQL.
    /// - Parameter book: an expression.
    private static func isSucceeded(inBook book: String) -> String {
        """
        coalesce((SELECT s.reason = 'restrip' AND s.new_asset_id <> a.id
                AND EXISTS (SELECT 1 FROM file_assets n WHERE n.id = s.new_asset_id)
            FROM tipin_replacements s
            WHERE s.old_sha256 = a.sha256 AND s.book_id IN ('', \(book)) ORDER BY s.book_id DESC LIMIT 1), 0)
        """
    }

    // MARK: Outcomes

    /// Notes that the remote has the copy.
    /// - Parameter lease: the token under which it was sent; `nil` where nothing was sent because the remote had it.
    /// - Returns: `false` where another took the lease meanwhile, and nothing was changed.
    @discardableResult
    package func markUploaded(_ key: UploadKey, remoteID: String?, remoteURL: String?, lease: String? = nil) throws
        -> Bool
    {
        let replaced = try addresses(of: key)
        var changed = try change(
            """
            UPDATE tipin_uploads SET status = 'uploaded', remote_id = coalesce(?4, remote_id),
                remote_url = coalesce(?5, remote_url), \(Self.done), updated_at = ?7,
                lease_token = iif(\(Self.isHeldByOther), lease_token, NULL),
                lease_until = iif(\(Self.isHeldByOther), lease_until, NULL),
                lease_owner = iif(\(Self.isHeldByOther), lease_owner, NULL)
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND (?6 IS NULL OR lease_token = ?6)
                AND status IN ('pending_upload', 'failed', 'uploaded')
            """, key.arguments + [remoteID, remoteURL, lease, now, reader.milliseconds])
        if changed == 0, lease == nil {
            changed = try change(
                """
                INSERT INTO tipin_uploads (asset_id, book_id, remote, remote_id, remote_url, status, created_at,
                    updated_at)
                SELECT id, ?2, ?3, ?4, ?5, 'uploaded', ?6, ?6 FROM file_assets WHERE id = ?1
                """, key.arguments + [remoteID, remoteURL, now])
        }
        guard changed == 1 else { return false }
        try remember(replaced, of: key)
        try mirror(
            key.assetID, key.bookID,
            "status = 'uploaded', remote_id = coalesce(:id, remote_id), remote_url = coalesce(:url, remote_url)",
            from: "status IN ('local_only', 'pending_upload', 'failed', 'uploaded')",
            ["id": remoteID, "url": remoteURL])
        return true
    }

    /// Notes that the copy is served at another address now; the old one still names the asset.
    @discardableResult
    package func setRemoteURL(_ key: UploadKey, _ url: String) throws -> Bool {
        let replaced = try addresses(of: key)
        let changed = try change(
            """
            UPDATE tipin_uploads SET remote_url = ?4, updated_at = ?5
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND status = 'uploaded' AND remote_url IS NOT ?4
            """, key.arguments + [url, now])
        guard changed == 1 else { return false }
        try remember(replaced, of: key)
        try mirror(key.assetID, key.bookID, "remote_url = :url", from: "status = 'uploaded'", ["url": url])
        return true
    }

    /// Notes that sending failed and is given up. Never takes `uploaded` away.
    @discardableResult
    package func markFailed(
        _ key: UploadKey, words: String, code: String, isTransient: Bool, lease: String? = nil
    ) throws -> Bool {
        let changed = try change(
            """
            UPDATE tipin_uploads SET status = 'failed', attempts = attempts + 1, next_attempt = NULL,
                last_error = ?4, error_code = ?5, is_transient = ?6, lease_token = NULL, lease_until = NULL,
                lease_owner = NULL, updated_at = ?8
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND status <> 'uploaded'
                AND (?7 IS NULL OR lease_token = ?7)
            """, key.arguments + [words, code, isTransient, lease, now])
        guard changed == 1 else { return false }
        try mirror(key.assetID, key.bookID, "status = 'failed'", from: "status <> 'uploaded'")
        return true
    }

    /// Notes that an attempt failed and that the line stays pending until it is due again.
    /// - Parameter nextAttempt: milliseconds since 1970; at most five minutes ahead count.
    @discardableResult
    package func postpone(
        _ key: UploadKey, words: String, code: String, nextAttempt: Int64, lease: String? = nil
    ) throws -> Bool {
        let latest = reader.milliseconds + Self.longestDelay
        return try change(
            """
            UPDATE tipin_uploads SET attempts = attempts + 1, next_attempt = ?4, last_error = ?5, error_code = ?6,
                is_transient = 1, lease_token = NULL, lease_until = NULL, lease_owner = NULL, updated_at = ?8
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND status = 'pending_upload'
                AND (?7 IS NULL OR lease_token = ?7)
            """, key.arguments + [min(nextAttempt, latest), words, code, lease, now]) == 1
    }

    /// Makes every pending line of a remote that answers again due at once.
    package func makeDue(remote: String) throws {
        try change(
            "UPDATE tipin_uploads SET next_attempt = NULL WHERE remote = ? AND status = 'pending_upload'", [remote])
    }

    /// Puts a line back: from `uploaded` where the remote lost the copy, from `failed` for another try.
    @discardableResult
    package func resetToPending(_ key: UploadKey) throws -> Bool {
        try adopt(key.assetID, remote: key.remote)
        let replaced = try addresses(of: key)
        let lost = try reader.upload(key)?.status == .uploaded
        let changed = try change(
            """
            UPDATE tipin_uploads SET status = 'pending_upload', remote_id = NULL, remote_url = NULL, \(Self.settled),
                updated_at = ?4
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND status IN ('uploaded', 'failed')
            """, key.arguments + [now])
        guard changed == 1 else { return false }
        try remember(replaced, of: key)
        try mirror(
            key.assetID, key.bookID,
            lost ? "status = 'pending_upload', remote_id = NULL, remote_url = NULL" : "status = 'pending_upload'",
            from: lost ? "status = 'uploaded'" : "status = 'failed'")
        return true
    }

    // MARK: Parts

    private static let done =
        "attempts = 0, next_attempt = NULL, last_error = NULL, error_code = NULL, is_transient = 0"
    private static let settled = done + ", lease_token = NULL, lease_until = NULL, lease_owner = NULL"
    /// Who sends a copy that is found to be there already goes on, and gives the lease back.
    private static let isHeldByOther = "?6 IS NULL AND lease_until > ?8"

    /// `file_assets` shows the app how far the owner book's copy is.
    private func mirror(
        _ assetID: String, _ book: String, _ assignments: String, from guardCondition: String,
        _ arguments: StatementArguments = [:]
    ) throws {
        guard try reader.ownerBook(of: assetID) ?? book == book else { return }
        try change(
            "UPDATE file_assets SET \(assignments), updated_at = :now WHERE id = :asset AND \(guardCondition)",
            arguments + ["asset": assetID, "now": now])
    }

    /// Where the copy is said to be served, by its line and by the app's row.
    private func addresses(of key: UploadKey) throws -> Set<String> {
        var addresses = Set<String>()
        if let url = try reader.upload(key)?.remoteURL { addresses.insert(url) }
        if try reader.ownerBook(of: key.assetID) ?? key.bookID == key.bookID,
            let url = try reader.asset(id: key.assetID)?.remoteURL
        {
            addresses.insert(url)
        }
        return addresses
    }

    /// An address that stands in documents goes on naming the asset when it was replaced.
    private func remember(_ addresses: Set<String>, of key: UploadKey) throws {
        let present = try reader.upload(key)?.remoteURL
        for url in addresses.sorted() where url != present {
            try change(
                "INSERT INTO tipin_source_urls (url, asset_id, tried_at) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
                [url, key.assetID, now])
        }
    }
}
