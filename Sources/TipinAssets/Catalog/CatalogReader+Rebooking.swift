internal import GRDB
internal import TipinDocument

extension CatalogReader {
    /// The assets that a book has, by their ids; also those whose row an app made.
    package func assetIDs(ofBook book: String) throws -> [String] {
        let own = try texts("SELECT asset_id FROM tipin_books WHERE book_id = ? ORDER BY 1", [book])
        let others = try texts(
            """
            SELECT id FROM file_assets WHERE instr(local_path, 'books') > 0
                AND NOT EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = id) ORDER BY id
            """, [])
        return try own + others.filter { try bookInLocalPath(of: $0)?.book.hasSameBytes(as: book) ?? false }
    }

    /// Whether there is anything of a book: assets, or links of the book itself.
    package func knows(book: String) throws -> Bool {
        try !assetIDs(ofBook: book).isEmpty || !links(of: Entity(type: .book, id: book)).isEmpty
    }

    /// Whether the book that had the one id was given the other.
    package func wasRebooked(_ old: String, as new: String) throws -> Bool {
        try count(
            "SELECT count(*) FROM tipin_store WHERE name = ? AND value = ?",
            [CatalogWriter.rebookedName(old), new]) > 0
    }

    /// Why a book's id cannot become another, in words; empty where it can.
    /// - Parameter movesFiles: whether a remote's copies have the book in their addresses.
    package func obstacles(
        rebooking old: String, as new: String, movesFiles: (_ remote: String) -> Bool
    ) throws -> [String] {
        var obstacles: [String] = []
        let entities = [old, new].map { Entity(type: .book, id: $0) }
        if let one = try cover(of: entities[0]), let other = try cover(of: entities[1]),
            !one.assetID.hasSameBytes(as: other.assetID)
        {
            obstacles.append("the two books have different covers: '\(one.assetID)' and '\(other.assetID)'")
        }
        let aliases = try texts(
            """
            SELECT o.id FROM tipin_asset_ids o JOIN tipin_asset_ids n
                ON n.book_id = ?2 AND n.id = o.id AND n.document = iif(o.document = ?1, ?2, o.document)
            WHERE o.book_id = ?1 AND n.asset_id <> o.asset_id ORDER BY 1 LIMIT 3
            """, [old, new])
        obstacles += aliases.map { "'\($0)' means another picture in each of the two" }
        for id in try texts("SELECT DISTINCT asset_id FROM tipin_uploads WHERE book_id = ? ORDER BY 1", [old]) {
            for line in try uploads(of: id) where line.key.bookID.hasSameBytes(as: old) {
                if try isLeased(line.key) { obstacles.append("asset '\(id)' is being uploaded at this moment") }
                if line.status == .uploaded, movesFiles(line.key.remote), try isEvicted(id) {
                    obstacles.append("the bytes of asset '\(id)' are not here and would have to be sent again")
                }
            }
        }
        return obstacles
    }

    private func isLeased(_ key: UploadKey) throws -> Bool {
        try count(
            """
            SELECT count(*) FROM tipin_uploads
            WHERE asset_id = ?1 AND book_id = ?2 AND remote = ?3 AND lease_until > ?4
            """, key.arguments + [milliseconds]) > 0
    }
}
