internal import GRDB
internal import TipinDocument
internal import TipinJSON

extension CatalogWriter {
    /// Gives a document the links that it is to have, and tells what that changed.
    package func carryOut(_ order: LinkOrder) throws -> (step: LinkStep, changes: LinkChanges) {
        let specs = order.links.map { link in
            LinkSpec(
                assetID: link.assetID, entity: link.entity, role: link.role, sortOrder: link.sortOrder,
                mark: order.mark)
        }
        var changes = LinkChanges()
        let step = try recorded(order.mark, covers: specs.filter { $0.role == "cover" }) {
            changes = try replaceLinks(
                markedBy: order.mark, with: specs, replacingCovers: order.replacesCovers,
                removesOthers: order.removesOthers)
        }
        return (step, changes)
    }

    /// Gives a document the links that it had before a step, and no others. Covers that others made since stay.
    /// - Returns: what this changed, and the links that cannot be made again because their asset is gone.
    package func takeBack(_ step: LinkStep) throws -> (step: LinkStep, missing: [LinkStep.Link]) {
        var missing: [LinkStep.Link] = []
        let specs = (step.before + step.displaced).filter { $0.role == "cover" }.map(LinkSpec.init)
        let result = try recorded(step.mark, covers: specs) {
            for link in try reader.links(markedBy: step.mark) {
                let stays = step.before.contains { $0.isSame(as: LinkStep.Link(link, marks: [])) }
                if !stays { _ = try drop(step.mark, from: link) }
            }
            for var link in step.before {
                link.marks = [step.mark]
                if try !makeAgain(link) { missing.append(link) }
            }
            for link in step.displaced where try !makeAgain(link) { missing.append(link) }
        }
        return (result, missing)
    }

    /// Takes back the steps of many documents in their order, with a few statements for all neighbours that had no
    /// links before: nearly every document of a run is one.
    /// - Returns: what this changed, and the links that cannot be made again because their asset is gone.
    package func takeBack(_ steps: [LinkStep]) throws -> (steps: [LinkStep], missing: [LinkStep.Link]) {
        var back: [LinkStep] = []
        var missing: [LinkStep.Link] = []
        var rest = steps[...]
        while let first = rest.first {
            let alike = rest.prefix(CatalogReader.chunk).prefix { step in
                step.isFirst && step.mark.isBeside(first.mark)
            }
            if alike.isEmpty {
                let (step, gone) = try takeBack(first)
                back.append(step)
                missing += gone
            } else {
                back += try dropLinks(markedBy: alike.map(\.mark))
            }
            rest = rest.dropFirst(max(1, alike.count))
        }
        return (back.filter { !$0.isEmpty }, missing)
    }

    /// Drops all links that some documents of one book and kind made.
    private func dropLinks(markedBy marks: [DocumentMark]) throws -> [LinkStep] {
        guard let first = marks.first else { return [] }
        let list = JSONWriter.array(of: marks.map(\.document))
        let found = try reader.links(markedByAny: list, book: first.book, kind: first.kind)
        guard !found.isEmpty else { return [] }
        try change(
            """
            DELETE FROM tipin_links
            WHERE book_id = ? AND kind = ? AND document IN (SELECT value FROM json_each(?))
            """, [first.book, first.kind, list])
        try removeUnmarked(found.map(\.link))
        var links: [ByteKey: [AssetLink]] = [:]
        for (document, link) in found { links[ByteKey(document), default: []].append(link) }
        return marks.compactMap { mark in
            links.removeValue(forKey: ByteKey(mark.document)).map { links in
                LinkStep(mark: mark, before: links.map { LinkStep.Link($0, marks: []) }, after: [], displaced: [])
            }
        }
    }

    /// Removes those of the links that no document made any more.
    private func removeUnmarked(_ links: [AssetLink]) throws {
        let unmarked = try reader.texts(
            """
            SELECT value FROM json_each(?)
            WHERE NOT EXISTS (SELECT 1 FROM tipin_links m WHERE m.link_id = value)
            """, [JSONWriter.array(of: links.map(\.id))])
        let ids = Set(unmarked.map(ByteKey.init))
        let assets = Set(links.lazy.filter { ids.contains(ByteKey($0.id)) }.map { ByteKey($0.assetID) })
        for asset in assets.sorted() { try touch(assetID: asset.text) }
        try change(
            "DELETE FROM file_asset_links WHERE id IN (SELECT value FROM json_each(?))",
            [JSONWriter.array(of: unmarked)])
    }

    /// - Returns: `false` where the asset is gone.
    private func makeAgain(_ link: LinkStep.Link) throws -> Bool {
        guard try reader.asset(id: link.assetID) != nil else { return false }
        if link.role == "cover" {
            // A cover that somebody chose since stays.
            let others = try reader.links(of: link.entity, role: "cover").contains { $0.assetID != link.assetID }
            if others { return true }
        }
        for mark in link.marks.isEmpty ? [nil] : link.marks.map(Optional.some) {
            var spec = LinkSpec(link)
            spec.mark = mark
            try self.link(spec)
        }
        return true
    }

    private func recorded(
        _ mark: DocumentMark, covers: [LinkSpec], _ body: () throws -> Void
    ) throws -> LinkStep {
        let before = try reader.links(markedBy: mark)
        var others: [LinkStep.Link] = []
        for spec in covers {
            for link in try reader.links(of: spec.entity, role: "cover") where !before.contains(link) {
                let known = LinkStep.Link(link, marks: try reader.marks(of: link.id))
                if !others.contains(known) { others.append(known) }
            }
        }
        try body()
        let displaced = try others.filter { try reader.link(LinkSpec($0)) == nil }
        return LinkStep(
            mark: mark, before: before.map { LinkStep.Link($0, marks: []) },
            after: try reader.links(markedBy: mark).map { LinkStep.Link($0, marks: []) }, displaced: displaced)
    }
}

extension CatalogReader {
    /// Whether the links of a document are those that a step made.
    package func isStanding(_ step: LinkStep) throws -> Bool {
        let links = try links(markedBy: step.mark).map { LinkStep.Link($0, marks: []) }
        return links.count == step.after.count
            && links.allSatisfy { link in step.after.contains { $0.isSame(as: link) } }
    }
}

extension LinkStep {
    /// Whether the document had no links before, and took nobody's place. A zero byte, which JSON in SQL ends at, is
    /// none of those that many are looked for by.
    fileprivate var isFirst: Bool { before.isEmpty && displaced.isEmpty && !mark.document.utf8.contains(0) }
}

extension LinkSpec {
    init(_ link: LinkStep.Link) {
        self.init(
            assetID: link.assetID, entity: link.entity, role: link.role, sortOrder: link.sortOrder, tags: link.tags,
            description: link.description)
    }
}
