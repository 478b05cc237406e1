internal import GRDB
package import TipinDocument
internal import TipinFiles

extension CatalogWriter {
    /// Links an asset to an entity. A new cover takes the old one's place: an entity has one.
    ///
    /// A link without a mark becomes nobody's document's; a marked one adds its document to those that made the link,
    /// unless the link stands there without any.
    @discardableResult
    package func link(_ spec: LinkSpec) throws -> AssetLink {
        if spec.role == "cover" {
            for old in try reader.links(of: spec.entity, role: "cover") where old.assetID != spec.assetID {
                try remove(old)
            }
        }
        if let standing = try reader.link(spec) {
            try update(standing, spec)
            if let mark = spec.mark {
                if try !reader.marks(of: standing.id).isEmpty { try add(mark, to: standing.id) }
            } else {
                try change("DELETE FROM tipin_links WHERE link_id = ?", [standing.id])
            }
        } else {
            let id = try insert(spec)
            if let mark = spec.mark { try add(mark, to: id) }
        }
        guard let link = try reader.link(spec) else {
            throw CatalogError.damaged(path: "", words: "no link after inserting one")
        }
        return link
    }

    /// - Returns: whether there was such a link.
    @discardableResult
    package func unlink(assetID: String, entity: Entity, role: String) throws -> Bool {
        guard let link = try reader.link(LinkSpec(assetID: assetID, entity: entity, role: role)) else { return false }
        try remove(link)
        return true
    }

    /// Makes the links that a document speaks of now be all that it made (RULES 4 "Links").
    ///
    /// Links that another document made too stay with that one; links without a mark are never dropped or taken over.
    /// - Parameters:
    ///   - replacingCovers: whether a cover that did not come from this document gives way.
    ///   - removesOthers: `false` where the document was not understood whole: then nothing is dropped.
    package func replaceLinks(
        markedBy mark: DocumentMark, with specs: [LinkSpec], replacingCovers: Bool = false,
        removesOthers: Bool = true
    ) throws -> LinkChanges {
        var changes = LinkChanges()
        let wanted = Set(specs.map(LinkKey.init))
        var orders: [LinkKey: Int] = [:]
        for link in try reader.links(markedBy: mark) {
            if removesOthers, !wanted.contains(LinkKey(link)) {
                if try drop(mark, from: link) { changes.removed.append(link) }
            } else {
                orders[LinkKey(link)] = link.sortOrder
            }
        }
        var done: Set<LinkKey> = []
        for var spec in specs where done.insert(LinkKey(spec)).inserted {
            spec.mark = mark
            // Nearly every link of a document that was done before. A cover may have got company.
            if spec.role != "cover", spec.sortOrder != nil, spec.sortOrder == orders[LinkKey(spec)],
                spec.tags == nil, spec.description == nil
            {
                continue
            }
            try replace(spec, among: wanted, replacingCovers, &changes)
        }
        return changes
    }

    /// - Parameter wanted: all that the document wants: of two covers that it wants the first stays.
    private func replace(
        _ spec: LinkSpec, among wanted: Set<LinkKey>, _ replacingCovers: Bool, _ changes: inout LinkChanges
    ) throws {
        if spec.role == "cover" {
            let others = try reader.links(of: spec.entity, role: "cover").filter { $0.assetID != spec.assetID }
            // A cover that this document alone made gives way to its new one.
            let foreign = try others.first {
                try wanted.contains(LinkKey($0)) || reader.marks(of: $0.id) != [spec.mark]
            }
            if let standing = foreign, !replacingCovers {
                changes.contradictions.append(
                    LinkChanges.Contradiction(
                        entity: spec.entity, standing: standing, wantedAssetID: spec.assetID))
                return
            }
            changes.removed += others
        }
        let isNew = try reader.link(spec) == nil
        let link = try link(spec)
        if isNew { changes.added.append(link) }
    }

    /// Moves all links of one asset to another, which keeps those that it has already.
    /// - Returns: how many links the old one had.
    @discardableResult
    package func replaceAsset(_ old: String, with new: String) throws -> Int {
        let links = try reader.links(toAsset: old)
        for link in links {
            let marks = try reader.marks(of: link.id)
            try remove(link)
            var spec = LinkSpec(
                assetID: new, entity: link.entity, role: link.role, sortOrder: link.sortOrder, tags: link.tags,
                description: link.description)
            guard try reader.link(spec) == nil else { continue }
            spec.mark = marks.first
            let id = try self.link(spec).id
            for mark in marks { try add(mark, to: id) }
        }
        return links.count
    }

    // MARK: Parts

    /// What makes two links the same.
    private struct LinkKey: Hashable {
        let assetID: ByteKey
        let type: ByteKey
        let entity: ByteKey
        let role: ByteKey

        init(_ spec: LinkSpec) { self.init(spec.assetID, spec.entity, spec.role) }
        init(_ link: AssetLink) { self.init(link.assetID, link.entity, link.role) }

        private init(_ assetID: String, _ entity: Entity, _ role: String) {
            self.assetID = ByteKey(assetID)
            type = ByteKey(entity.type.rawValue)
            self.entity = ByteKey(entity.id)
            self.role = ByteKey(role)
        }
    }

    /// The id follows from what is linked, so that the machine and the order of documents change nothing.
    private func insert(_ spec: LinkSpec) throws -> String {
        let key = [spec.assetID, spec.entity.type.rawValue, spec.entity.id, spec.role].joined(separator: "\u{0}")
        var id = AssetID.derived(from: SHA256Digest(of: Array(key.utf8)))
        if try reader.count("SELECT count(*) FROM file_asset_links WHERE id = ?", [id]) > 0 { id = AssetID.random() }
        try change(
            """
            INSERT INTO file_asset_links (id, asset_id, entity_type, entity_id, role, sort_order, tags, description,
                created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, spec.assetID, spec.entity.type.rawValue, spec.entity.id, spec.role,
                try spec.sortOrder ?? nextPlace(spec),
                LinkTags.encoded(spec.tags ?? []), spec.description, now, now,
            ])
        return id
    }

    /// Behind the entity's other assets of the role; beside the last where an app gave that the largest number.
    private func nextPlace(_ spec: LinkSpec) throws -> Int {
        let last = try reader.rows(
            """
            SELECT sort_order FROM file_asset_links WHERE entity_type = ? AND entity_id = ? AND role = ?
            ORDER BY sort_order DESC LIMIT 1
            """, [spec.entity.type.rawValue, spec.entity.id, spec.role]
        ) { $0.integer(0) ?? 0 }.first
        return (last ?? -1).addingClamped(1)
    }

    /// A document does not change what the app or `assets link` said of a link of theirs.
    private func update(_ standing: AssetLink, _ spec: LinkSpec) throws {
        if spec.mark != nil, try reader.marks(of: standing.id).isEmpty { return }
        let order = spec.sortOrder ?? standing.sortOrder
        let tags = spec.tags ?? standing.tags
        let description = spec.description ?? standing.description
        guard (order, tags, description) != (standing.sortOrder, standing.tags, standing.description) else { return }
        try change(
            "UPDATE file_asset_links SET sort_order = ?, tags = ?, description = ?, updated_at = ? WHERE id = ?",
            [order, LinkTags.encoded(tags), description, now, standing.id])
    }

    private func add(_ mark: DocumentMark, to linkID: String) throws {
        try change(
            "INSERT INTO tipin_links (link_id, book_id, kind, document) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [linkID, mark.book, mark.kind, mark.document])
    }

    /// - Returns: whether the link went, because no other document made it too.
    func drop(_ mark: DocumentMark, from link: AssetLink) throws -> Bool {
        try change(
            "DELETE FROM tipin_links WHERE link_id = ? AND book_id = ? AND kind = ? AND document = ?",
            [link.id, mark.book, mark.kind, mark.document])
        guard try reader.marks(of: link.id).isEmpty else { return false }
        try remove(link)
        return true
    }

    /// The asset counts as used until now: from here on it is looked after for the grace period of clean-up.
    func remove(_ link: AssetLink) throws {
        try touch(assetID: link.assetID)
        try change("DELETE FROM file_asset_links WHERE id = ?", [link.id])
        try change("DELETE FROM tipin_links WHERE link_id = ?", [link.id])
    }
}
