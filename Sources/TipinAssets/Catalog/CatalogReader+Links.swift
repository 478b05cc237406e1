internal import GRDB
package import TipinDocument

extension CatalogReader {
    /// The links of an entity, ordered by role, `sort_order` and age.
    package func links(of entity: Entity, role: String? = nil) throws -> [AssetLink] {
        try links(
            """
            WHERE l.entity_type = ?1 AND l.entity_id = ?2 AND (?3 IS NULL OR l.role = ?3)
            ORDER BY l.role, l.sort_order, l.created_at, l.id
            """, [entity.type.rawValue, entity.id, role])
    }

    /// The links of an asset, ordered by entity and role.
    package func links(toAsset assetID: String) throws -> [AssetLink] {
        try links("WHERE l.asset_id = ? ORDER BY l.entity_type, l.entity_id, l.role, l.id", [assetID])
    }

    /// What the app, or `assets link`, says that an asset is to an entity; not what documents made it.
    package func rolesWithoutMark(of assetID: String, for entity: Entity) throws -> [String] {
        if let known = ahead?.unmarkedRoles[.init(assetID, entity)] { return known }
        return try unmarkedLinks(
            "l.asset_id = ? AND l.entity_type = ? AND l.entity_id = ?", [assetID, entity.type.rawValue, entity.id]
        ).map(\.role)
    }

    func unmarkedLinks(_ condition: String, _ arguments: StatementArguments) throws -> [AssetLink] {
        try links(
            """
            WHERE \(condition) AND NOT EXISTS (SELECT 1 FROM tipin_links m WHERE m.link_id = l.id)
            ORDER BY l.role, l.id
            """, arguments)
    }

    /// The links that a document made.
    package func links(markedBy mark: DocumentMark) throws -> [AssetLink] {
        try links(
            """
            JOIN tipin_links m ON m.link_id = l.id WHERE m.book_id = ? AND m.kind = ? AND m.document = ?
            ORDER BY l.entity_type, l.entity_id, l.role, l.sort_order, l.id
            """, [mark.book, mark.kind, mark.document])
    }

    /// The documents that made a link; empty for one made by the app or `assets link`.
    package func marks(of linkID: String) throws -> [DocumentMark] {
        try rows("SELECT book_id, kind, document FROM tipin_links WHERE link_id = ? ORDER BY 1, 2, 3", [linkID]) {
            row -> DocumentMark? in
            guard let book = row.text(0), let kind = row.text(1), let document = row.text(2) else { return nil }
            return DocumentMark(book: book, kind: kind, document: document)
        }
    }

    /// The entity's cover; of several that an app left, the latest.
    package func cover(of entity: Entity) throws -> AssetLink? {
        try links(
            """
            WHERE l.entity_type = ? AND l.entity_id = ? AND l.role = 'cover'
            ORDER BY l.updated_at DESC, l.id LIMIT 1
            """, [entity.type.rawValue, entity.id]
        ).first
    }

    /// What an upload for the book says as `tags`: all roles of the asset in it, the cover first.
    package func tags(of assetID: String, inBook book: String) throws -> [String] {
        let roles = Set(try links(of: assetID, inBook: book).map(\.role)).sorted()
        return roles.filter { $0 == "cover" } + roles.filter { $0 != "cover" }
    }

    /// The first description that a link of the asset in the book has.
    package func description(of assetID: String, inBook book: String) throws -> String? {
        try links(of: assetID, inBook: book)
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            .compactMap(\.description).first { !$0.isEmpty }
    }

    /// A link belongs to its entity if that is a book, else to the book of the document that made it, else to the
    /// asset's owner.
    private func links(of assetID: String, inBook book: String) throws -> [AssetLink] {
        let owner = try ownerBook(of: assetID)
        return try links(toAsset: assetID).filter { link in
            if link.entity.type == .book { return link.entity.id == book }
            let marks = try marks(of: link.id)
            return marks.isEmpty ? owner == book : marks.contains { $0.book == book }
        }
    }

    func link(_ spec: LinkSpec) throws -> AssetLink? {
        try links(
            "WHERE l.asset_id = ? AND l.entity_type = ? AND l.entity_id = ? AND l.role = ?",
            [spec.assetID, spec.entity.type.rawValue, spec.entity.id, spec.role]
        ).first
    }

    /// The links that each of several documents of one book and kind made.
    /// - Parameter documents: a JSON array.
    func links(
        markedByAny documents: String, book: String, kind: String
    ) throws -> [(document: String, link: AssetLink)] {
        try rows(
            """
            SELECT \(Self.linkColumns), m.document FROM tipin_links m JOIN file_asset_links l ON l.id = m.link_id
            WHERE m.book_id = ? AND m.kind = ? AND m.document IN (SELECT value FROM json_each(?))
            ORDER BY l.entity_type, l.entity_id, l.role, l.sort_order, l.id
            """, [book, kind, documents]
        ) { row in
            guard let document = row.text(10), let link = AssetLink(row) else { return nil }
            return (document, link)
        }
    }

    private func links(_ conditions: String, _ arguments: StatementArguments) throws -> [AssetLink] {
        try rows("SELECT \(Self.linkColumns) FROM file_asset_links l \(conditions)", arguments, AssetLink.init)
    }

    private static let linkColumns = """
        l.id, l.asset_id, l.entity_type, l.entity_id, l.role, l.sort_order, l.tags, l.description, l.created_at,
        l.updated_at
        """
}

extension AssetLink {
    /// - Parameter row: begins with the columns of a link.
    fileprivate init?(_ row: CatalogRow) {
        guard let id = row.text(0), let asset = row.text(1), let type = row.text(2), let entity = row.text(3),
            let role = row.text(4)
        else { return nil }
        self.init(
            id: id, assetID: asset, entity: Entity(type: EntityType(rawValue: type), id: entity), role: role,
            sortOrder: row.integer(5) ?? 0, tags: LinkTags.decoded(row.text(6)), description: row.text(7),
            createdAt: row.text(8) ?? "", updatedAt: row.text(9) ?? "")
    }
}
