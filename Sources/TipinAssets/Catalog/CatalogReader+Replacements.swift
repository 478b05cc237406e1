internal import GRDB

extension CatalogReader {
    /// Whether any asset was ever replaced: nearly every catalog can be spared the question for each mention.
    package func hasReplacements() throws -> Bool {
        if let known = ahead?.hasReplacements { return known }
        let has = try count("SELECT EXISTS (SELECT 1 FROM tipin_replacements)") > 0
        ahead?.hasReplacements = has
        return has
    }

    /// The asset that stands in the place of another in a book's documents now, however often it was replaced; `nil`
    /// where it stands for itself.
    /// - Parameters:
    ///   - book: `nil` counts only what holds for every book.
    ///   - reason: counts only what was replaced for it.
    package func successor(
        of sha256: SHA256Digest, inBook book: String?, for reason: Replacement.Reason? = nil
    ) throws -> Asset? {
        var seen = [sha256]
        var found: Asset?
        while let last = seen.last, let step = try replacement(of: last, inBook: book, for: reason),
            let next = try asset(id: step.newAssetID), !seen.contains(next.sha256)
        {
            found = next
            seen.append(next.sha256)
        }
        return found
    }

    /// What was said last of one asset: for the book, else for every book.
    package func replacement(
        of sha256: SHA256Digest, inBook book: String?, for reason: Replacement.Reason? = nil
    ) throws -> Replacement? {
        try replacements(
            """
            WHERE old_sha256 = ?1 AND book_id IN ('', ?2) AND (?3 IS NULL OR reason = ?3)
            ORDER BY book_id DESC LIMIT 1
            """, [sha256.description, book ?? "", reason?.rawValue]
        ).first
    }

    /// The assets that one took the place of, directly or through others, the latest first.
    package func predecessors(of assetID: String) throws -> [Replacement] {
        var found: [Replacement] = []
        var waiting = [assetID]
        var seen: Set = [assetID]
        while let id = waiting.popLast() {
            let lines = try replacements(
                "WHERE new_asset_id = ?1 AND old_asset_id <> ?1 ORDER BY created_at DESC, old_sha256", [id])
            found += lines.filter { $0.oldAssetID != assetID }
            waiting += lines.map(\.oldAssetID).filter { seen.insert($0).inserted }
        }
        return found
    }

    private func replacements(_ conditions: String, _ arguments: StatementArguments) throws -> [Replacement] {
        try rows(
            "SELECT old_sha256, old_asset_id, new_asset_id, book_id, reason FROM tipin_replacements \(conditions)",
            arguments
        ) { row -> Replacement? in
            guard let digest = row.digest(0), let old = row.text(1), let new = row.text(2),
                let book = row.text(3), let reason = row.text(4).flatMap(Replacement.Reason.init)
            else { return nil }
            return Replacement(
                oldSHA256: digest, oldAssetID: old, newAssetID: new, book: book.isEmpty ? nil : book, reason: reason)
        }
    }
}
