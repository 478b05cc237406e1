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

extension LinkSpec {
    init(_ link: LinkStep.Link) {
        self.init(
            assetID: link.assetID, entity: link.entity, role: link.role, sortOrder: link.sortOrder, tags: link.tags,
            description: link.description)
    }
}
