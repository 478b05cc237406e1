internal import GRDB
internal import TipinDocument

extension CatalogWriter {
    /// What giving a book another id changed.
    package struct Rebooked: Sendable, Equatable {
        package var assets = 0
        package var links = 0
        /// Copies that must be sent again, because their address has the book in it.
        package var resends = 0
    }

    /// Gives a book another id wherever the catalog names it; the new id may be known already.
    /// - Parameters:
    ///   - paths: of the book's entries under the new id, relative to the data folder, by digest.
    ///   - absolute: the absolute path of one.
    ///   - movesFiles: whether a remote's copies have the book in their addresses.
    package func rebook(
        _ old: String, as new: String, paths: [SHA256Digest: String], absolute: (String) -> String,
        movesFiles: (_ remote: String) -> Bool
    ) throws -> Rebooked {
        var result = Rebooked()
        for id in try reader.assetIDs(ofBook: old) {
            try adopt(id)
            guard let asset = try reader.asset(id: id) else { continue }
            let path = paths[asset.sha256]
            let isOwner = try reader.ownerBook(of: id)?.hasSameBytes(as: old) ?? false
            try moveBook(of: id, old, new, path)
            if isOwner, let path { try setLocalPath(assetID: id, absolute(path)) }
            result.assets += 1
        }
        result.resends = try rebookUploads(old, new, movesFiles)
        result.links = try rebookLinks(old, new)
        try rebookNames(old, new)
        try change(
            """
            INSERT INTO tipin_store (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [Self.rebookedName(old), new])
        return result
    }

    /// Under which it is noted what the id became, so that a second time is told from a slip of the pen.
    static func rebookedName(_ old: String) -> String { "rebooked " + old }

    private func moveBook(of id: String, _ old: String, _ new: String, _ path: String?) throws {
        let wasOwner =
            try reader.count(
                "SELECT count(*) FROM tipin_books WHERE asset_id = ? AND book_id = ? AND is_owner = 1", [id, old]) > 0
        try change(
            """
            INSERT INTO tipin_books (asset_id, book_id, is_owner, path, created_at)
            SELECT asset_id, ?3, 0, ?4, created_at FROM tipin_books WHERE asset_id = ?1 AND book_id = ?2
            ON CONFLICT (asset_id, book_id) DO UPDATE SET path = coalesce(excluded.path, path)
            """, [id, old, new, path])
        // An asset has one owner: the old one goes first.
        try change("DELETE FROM tipin_books WHERE asset_id = ? AND book_id = ?", [id, old])
        if wasOwner {
            try change("UPDATE tipin_books SET is_owner = 1 WHERE asset_id = ? AND book_id = ?", [id, new])
        }
    }

    // MARK: Copies

    private func rebookUploads(_ old: String, _ new: String, _ movesFiles: (String) -> Bool) throws -> Int {
        var resends = 0
        for id in try reader.texts("SELECT DISTINCT asset_id FROM tipin_uploads WHERE book_id = ?", [old]) {
            for line in try reader.uploads(of: id) where line.key.bookID.hasSameBytes(as: old) {
                let key = UploadKey(assetID: id, bookID: new, remote: line.key.remote)
                try change(
                    """
                    UPDATE OR IGNORE tipin_uploads SET book_id = ?4, updated_at = ?5
                    WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3
                    """, line.key.arguments + [new, now])
                let isMerged =
                    try change(
                        "DELETE FROM tipin_uploads WHERE asset_id = ? AND book_id = ? AND remote = ?",
                        line.key.arguments) > 0
                if isMerged {
                    // The address stands in documents and goes on naming the asset.
                    if let url = line.remoteURL { try keepAddress(url, id) }
                } else if line.status == .uploaded, movesFiles(line.key.remote), try resetToPending(key) {
                    resends += 1
                }
            }
        }
        return resends
    }

    private func keepAddress(_ url: String, _ id: String) throws {
        try change(
            "INSERT INTO tipin_source_urls (url, asset_id, tried_at) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
            [url, id, now])
    }

    // MARK: Links and names

    private func rebookLinks(_ old: String, _ new: String) throws -> Int {
        let links = try reader.links(of: Entity(type: .book, id: old))
        for link in links {
            let moved = LinkSpec(assetID: link.assetID, entity: Entity(type: .book, id: new), role: link.role)
            guard let standing = try reader.link(moved) else {
                try change(
                    "UPDATE file_asset_links SET entity_id = ?, updated_at = ? WHERE id = ?", [new, now, link.id])
                continue
            }
            // A link made by hand stays one, whoever made its twin.
            let marks = try reader.marks(of: link.id)
            if marks.isEmpty { try change("DELETE FROM tipin_links WHERE link_id = ?", [standing.id]) }
            if try !reader.marks(of: standing.id).isEmpty {
                try change("UPDATE OR IGNORE tipin_links SET link_id = ? WHERE link_id = ?", [standing.id, link.id])
            }
            try remove(link)
        }
        return links.count
    }

    /// The book document's own id is the book's, and names it where it made something.
    private func rebookNames(_ old: String, _ new: String) throws {
        try change(
            """
            UPDATE OR IGNORE tipin_links SET book_id = ?2,
                document = iif(kind = 'book' AND document = ?1, ?2, document)
            WHERE book_id = ?1
            """, [old, new])
        try change("DELETE FROM tipin_links WHERE book_id = ?", [old])
        try change(
            """
            UPDATE OR IGNORE tipin_asset_ids SET book_id = ?2, document = iif(document = ?1, ?2, document)
            WHERE book_id = ?1
            """, [old, new])
        try change("DELETE FROM tipin_asset_ids WHERE book_id = ?", [old])
        try change("UPDATE OR IGNORE tipin_replacements SET book_id = ?2 WHERE book_id = ?1", [old, new])
        try change("DELETE FROM tipin_replacements WHERE book_id = ?", [old])
        try change("UPDATE OR IGNORE tipin_downloads SET book_id = ?2 WHERE book_id = ?1", [old, new])
        try change("DELETE FROM tipin_downloads WHERE book_id = ?", [old])
    }
}
