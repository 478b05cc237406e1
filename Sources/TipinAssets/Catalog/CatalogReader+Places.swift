internal import GRDB
internal import TipinFiles

extension CatalogReader {
    // MARK: Books

    /// The books that have the asset, the owner first. A row that an app made has the book in its `local_path`; where
    /// no path names one, its links do.
    package func books(of assetID: String) throws -> [String] {
        let books = try texts(
            "SELECT book_id FROM tipin_books WHERE asset_id = ? ORDER BY is_owner DESC, created_at, book_id", [assetID])
        guard books.isEmpty else { return books }
        return try bookInLocalPath(of: assetID).map { [$0.book] } ?? booksOfLinks(of: assetID)
    }

    /// The books that an asset is linked to, or whose documents made its links, the first link's first.
    private func booksOfLinks(of assetID: String) throws -> [String] {
        try texts(
            """
            SELECT book FROM (
                SELECT l.entity_id AS book, l.created_at AS at FROM file_asset_links l
                    WHERE l.asset_id = ?1 AND l.entity_type = 'book'
                UNION ALL SELECT m.book_id, l.created_at FROM file_asset_links l
                    JOIN tipin_links m ON m.link_id = l.id WHERE l.asset_id = ?1)
            WHERE book NOT IN ('', '.', '..') GROUP BY book ORDER BY min(at), book
            """, [assetID])
    }

    /// The book for which `file_assets` holds the remote's id, address and status.
    package func ownerBook(of assetID: String) throws -> String? { try books(of: assetID).first }

    /// Where a book's entry of the asset lies, relative to the data folder, as far as the catalog knows.
    package func path(of assetID: String, inBook book: String) throws -> String? {
        if let known = try recordedPath(of: assetID, inBook: book) { return known }
        guard let told = try bookInLocalPath(of: assetID), told.book == book else { return nil }
        return told.relative
    }

    /// `path` as far as tipin itself wrote it down.
    func recordedPath(of assetID: String, inBook book: String) throws -> String? {
        try texts("SELECT path FROM tipin_books WHERE asset_id = ? AND book_id = ?", [assetID, book]).first
    }

    func bookInLocalPath(of assetID: String) throws -> (book: String, relative: String)? {
        guard let asset = try asset(id: assetID), let path = asset.localPath else { return nil }
        return BookInPath.parse(path, asset.sha256)
    }

    /// The absolute path of the data folder when the catalog was last written to with one.
    func dataFolder() throws -> String? {
        try texts("SELECT value FROM tipin_store WHERE name = 'data_folder'", []).first
    }

    /// Gives each asset that has a path on this machine, with that path and the one that the layout tells, relative to
    /// the data folder.
    func forEachLocalPath(_ body: (_ id: String, _ path: String, _ relative: String) throws -> Void) throws {
        try database.forEachRow(
            """
            SELECT a.id, a.sha256, a.local_path, b.path FROM file_assets a
            LEFT JOIN tipin_books b ON b.asset_id = a.id AND b.is_owner = 1 WHERE a.local_path IS NOT NULL
            """
        ) { row in
            guard let id = row.text(0), let digest = row.digest(1), let path = row.text(2),
                let relative = row.text(3) ?? BookInPath.parse(path, digest)?.relative
            else { return }
            try body(id, path, relative)
        }
    }

    // MARK: Addresses

    /// Addresses that the asset's bytes were read from, in their order.
    package func sourceURLs(of assetID: String) throws -> [String] {
        try texts("SELECT url FROM tipin_source_urls WHERE asset_id = ? ORDER BY tried_at, url", [assetID])
    }

    /// Addresses under which the asset is served, in any book, at any remote.
    package func remoteURLs(of assetID: String) throws -> [String] {
        try texts(
            """
            SELECT remote_url FROM file_assets WHERE id = ?1 AND remote_url IS NOT NULL
            UNION SELECT remote_url FROM tipin_uploads WHERE asset_id = ?1 AND remote_url IS NOT NULL
            ORDER BY 1
            """, [assetID])
    }

    /// Why the address was last asked in vain; `nil` where it was never asked or led to an asset.
    package func failure(ofSourceURL url: String) throws -> SourceFailure? {
        try rows(
            """
            SELECT url, failure, failure_code, is_transient, attempts, tried_at
            FROM tipin_source_urls WHERE url = ? AND failure IS NOT NULL
            """, [url]
        ) { row -> SourceFailure? in
            guard let url = row.text(0), let words = row.text(1) else { return nil }
            return SourceFailure(
                url: url, words: words, code: row.text(2) ?? "", isTransient: row.truth(3) ?? false,
                attempts: row.integer(4) ?? 0, triedAt: row.text(5) ?? "")
        }.first
    }

    /// Digests of bytes as they were found that became the asset.
    package func sourceDigests(of assetID: String) throws -> [SHA256Digest] {
        try rows("SELECT source_sha256 FROM tipin_sources WHERE asset_id = ? ORDER BY 1", [assetID]) {
            $0.digest(0)
        }
    }

    /// Ids of their own by which documents know the asset.
    package func aliases(of assetID: String) throws -> [(book: String, document: String, id: String)] {
        try rows("SELECT book_id, document, id FROM tipin_asset_ids WHERE asset_id = ? ORDER BY 1, 2, 3", [assetID]) {
            row -> (book: String, document: String, id: String)? in
            guard let book = row.text(0), let document = row.text(1), let id = row.text(2) else { return nil }
            return (book, document, id)
        }
    }

    // MARK: Downloads

    package func waitingDownload(sha256: SHA256Digest) throws -> WaitingDownload? {
        try downloads("WHERE sha256 = ? ORDER BY created_at, book_id LIMIT 1", [sha256.description]).first
    }

    /// Ordered by the time they were recorded.
    package func waitingDownloads(book: String?) throws -> [WaitingDownload] {
        if let book { return try downloads("WHERE book_id = ? ORDER BY created_at, sha256", [book]) }
        return try downloads("ORDER BY created_at, sha256, book_id", [])
    }

    private func downloads(_ conditions: String, _ arguments: StatementArguments) throws -> [WaitingDownload] {
        try rows(
            """
            SELECT sha256, book_id, remote_url, asset_id, remote_id, mime, width, height
            FROM tipin_downloads \(conditions)
            """, arguments
        ) { row -> WaitingDownload? in
            guard let digest = row.digest(0), let book = row.text(1) else { return nil }
            return WaitingDownload(
                sha256: digest, book: book, remoteURL: row.text(2), assetID: row.text(3), remoteID: row.text(4),
                mime: row.text(5), width: row.integer(6), height: row.integer(7))
        }
    }

    // MARK: Keeping

    /// When the asset was last used, in milliseconds since 1970.
    package func lastAccess(of assetID: String) throws -> Int64? {
        try rows("SELECT last_access FROM tipin_access WHERE asset_id = ?", [assetID]) { $0.integer(0) }.first
            .map { Int64($0) }
    }

    /// Those of the assets that were not used within the last hour, as far as the catalog knows.
    package func staleUses(of assetIDs: [String], olderThan age: Int64 = 3_600_000) throws -> [String] {
        try assetIDs.filter { id in
            guard let time = try lastAccess(of: id) else { return try asset(id: id) != nil }
            return time < milliseconds - age
        }
    }

    /// The plans that name the asset, each with the time it was made.
    package func plans(naming assetID: String) throws -> [(plan: String, createdAt: String)] {
        try rows("SELECT plan, created_at FROM tipin_plans WHERE asset_id = ? ORDER BY 2, 1", [assetID]) { row in
            row.text(0).map { ($0, row.text(1) ?? "") }
        }
    }

    /// What plans name that were not applied and are not 90 days old.
    package func plannedAssets() throws -> [(plan: String, assetID: String)] {
        let oldest = WallClock.timestamp(milliseconds: milliseconds - RunFolder.lifetime)
        return try rows(
            "SELECT plan, asset_id FROM tipin_plans WHERE created_at >= ? ORDER BY plan, asset_id", [oldest]
        ) { row in
            guard let plan = row.text(0), let asset = row.text(1) else { return nil }
            return (plan, asset)
        }
    }

    /// How much there is of everything.
    package func counts() throws -> CatalogCounts {
        var counts = CatalogCounts()
        counts.assets = try count("SELECT count(*) FROM file_assets")
        for status in AssetStatus.allCases {
            counts.statuses[status] = try count("SELECT count(*) FROM file_assets WHERE status = ?", [status.rawValue])
        }
        counts.links = try count("SELECT count(*) FROM file_asset_links")
        counts.pendingUploads = try count("SELECT count(*) FROM tipin_uploads WHERE status = 'pending_upload'")
        counts.failedUploads = try count("SELECT count(*) FROM tipin_uploads WHERE status = 'failed'")
        counts.waitingDownloads = try count("SELECT count(*) FROM tipin_downloads")
        counts.failedSources = try count("SELECT count(*) FROM tipin_source_urls WHERE failure IS NOT NULL")
        counts.unreadableRows = try count("SELECT count(*) FROM file_assets WHERE \(Self.isUnreadable)")
        return counts
    }
}
