internal import GRDB

extension CatalogWriter {
    /// Gives a row that was made again what was known of the asset before clean-up removed it. What belongs to another
    /// by now stays with that one.
    func restore(_ record: RemovedRecord, assetID: String) throws {
        // What is no time would be one that nobody can read.
        if let createdAt = record.createdAt, try reader.milliseconds(of: createdAt) != nil {
            try change("UPDATE file_assets SET created_at = ? WHERE id = ?", [createdAt, assetID])
        }
        for digest in record.sourceDigests {
            // Which rule they went through nobody wrote down: the next `restrip` looks.
            try change(
                """
                INSERT INTO tipin_sources (source_sha256, asset_id, metadata_rule, stripper_version, created_at)
                VALUES (?, ?, 'keep', 0, ?) ON CONFLICT DO NOTHING
                """, [digest.description, assetID, now])
        }
        for url in record.sourceURLs {
            try change(
                "INSERT INTO tipin_source_urls (url, asset_id, tried_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [url, assetID, now])
        }
        for alias in record.aliases {
            try change(
                """
                INSERT INTO tipin_asset_ids (book_id, document, id, asset_id, created_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, [alias.book, alias.document, alias.id, assetID, now])
        }
    }

    /// Notes that this rule and this stripper have nothing to remove from the asset's stored bytes.
    package func noteStripped(
        assetID: String, sha256: SHA256Digest, rule: MetadataRule, stripperVersion: Int
    ) throws {
        try change(
            "UPDATE tipin_sources SET metadata_rule = ?, stripper_version = ? WHERE asset_id = ?",
            [rule.rawValue, stripperVersion, assetID])
        try recordSource(
            sourceSHA256: sha256, assetID: assetID, rule: rule, stripperVersion: stripperVersion)
    }

    /// Bytes that were found once and became one asset become another from now on.
    func moveSources(from old: String, to new: String) throws {
        try change("UPDATE tipin_sources SET asset_id = ? WHERE asset_id = ?", [new, old])
    }
}
