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
