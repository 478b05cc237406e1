package import TipinDiagnostics

/// Which pictures may leave the store: none that tells where it was taken, unless the metadata rule keeps positions.
package struct PositionRule: Sendable {
    private let rule: MetadataRule
    private let catalog: Catalog?

    /// - Parameter catalog: `nil` where there is none.
    package init(_ rule: MetadataRule, _ catalog: Catalog?) {
        self.rule = rule
        self.catalog = catalog
    }

    /// Why an asset may neither be sent to a remote nor be shown to readers, by what the catalog knows of it; `nil`
    /// where nothing speaks against it.
    package func problem(with asset: Asset) -> Problem? {
        guard rule != .keep, asset.hasPosition else { return nil }
        // What cannot be asked is still not to be sent: 'assets restrip' says whether there is anything to remove.
        let isStripped = try? catalog?.read { reader in
            try reader.isStripped(assetID: asset.id, rule: rule, stripperVersion: MetadataStripper.version)
        }
        return isStripped == true ? Self.unremovable : Self.standing
    }

    /// The same of the very bytes that would be sent. An import of another rule, an older tipin or an app may have
    /// noted less of them than can be told today; what they tell is noted.
    /// - Throws: `CatalogError`.
    package func problem(with asset: Asset, bytes: [UInt8]) throws -> Problem? {
        guard rule != .keep, !asset.hasPosition, let catalog, let type = FileType.sniff(bytes),
            MetadataStripper.hasPosition(bytes, type: type)
        else { return problem(with: asset) }
        let known = try catalog.write { writer in
            try writer.setFacts(assetID: asset.id, PictureFacts(), hasPosition: true)
            return try writer.reader.asset(id: asset.id)
        }
        return known.flatMap { problem(with: $0) }
    }

    private static let headline = "picture tells where it was taken"

    /// Of a picture that was stored with its position.
    static let standing = Problem(
        .positionInPicture, headline, notes: ["the store has it with its position since it was kept as it was"],
        help: ["run 'tipin assets restrip' to have the position removed"])

    /// Of a picture from which all was removed that can be.
    static let unremovable = Problem(
        .positionInPicture, headline, notes: ["its position data cannot be removed losslessly"],
        help: ["remove it with an image editor, or set 'metadata' to 'keep' if it may be seen"])
}
