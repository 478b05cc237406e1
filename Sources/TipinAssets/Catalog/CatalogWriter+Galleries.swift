internal import GRDB
package import TipinDocument

extension CatalogWriter {
    /// Puts an entity's assets of one role into an order: those named first, the others after them as they stood.
    /// - Returns: the links in their new order; `nil`, and nothing changed, where one of the assets is not linked so.
    package func order(_ assetIDs: [String], of entity: Entity, role: String) throws -> [AssetLink]? {
        let standing = try reader.links(of: entity, role: role)
        let named = assetIDs.compactMap { id in standing.first { $0.assetID.hasSameBytes(as: id) } }
        guard named.count == assetIDs.count else { return nil }
        let others = standing.filter { link in !named.contains { $0.id == link.id } }
        for (place, link) in (named + others).enumerated() where link.sortOrder != place {
            try change(
                "UPDATE file_asset_links SET sort_order = ?, updated_at = ? WHERE id = ?", [place, now, link.id])
        }
        return try reader.links(of: entity, role: role)
    }

    /// Puts another asset in the place of one: it gets the link with its order, tags and description, and the old one
    /// loses it.
    /// - Returns: the new link.
    @discardableResult
    package func replaceLink(of old: String, with spec: LinkSpec) throws -> AssetLink {
        let key = LinkSpec(assetID: old, entity: spec.entity, role: spec.role)
        guard !old.hasSameBytes(as: spec.assetID), let standing = try reader.link(key) else { return try link(spec) }
        var spec = spec
        spec.sortOrder = spec.sortOrder ?? standing.sortOrder
        spec.tags = spec.tags ?? standing.tags
        spec.description = spec.description ?? standing.description
        try remove(standing)
        return try link(spec)
    }
}
