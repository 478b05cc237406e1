internal import GRDB

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
