internal import GRDB

extension CatalogReader {
    /// The asset that bytes become when they are found: where their metadata was removed later, the one without it.
    func current(digest: SHA256Digest) throws -> Asset? {
        guard let known = try asset(digest: digest) else { return nil }
        return try successor(of: known.sha256, inBook: nil, for: .restrip) ?? known
    }

    /// Whether all bytes that became the asset went through this rule and this stripper.
    package func isStripped(assetID: String, rule: MetadataRule, stripperVersion: Int) throws -> Bool {
        let counts = try rows(
            """
            SELECT count(*), count(CASE WHEN metadata_rule = ? AND stripper_version = ? THEN 1 END)
            FROM tipin_sources WHERE asset_id = ?
            """, [rule.rawValue, stripperVersion, assetID]
        ) { row in row.integer(0).flatMap { all in row.integer(1).map { (all, $0) } } }
        return counts.first.map { $0.0 > 0 && $0.0 == $0.1 } ?? false
    }
}

extension CatalogWriter {
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
