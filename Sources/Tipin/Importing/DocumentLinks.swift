internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// The links that a document makes: which assets its entities have, and as what (RULES "Links").
struct DocumentLinks: Sendable {
    let catalog: Catalog
    let preference: Preference?
    let contestedCovers: Set<Entity>

    /// Replaces the links that the document made before. Links of the app are never touched.
    /// - Returns: what is to be said of its covers.
    func make(_ work: WorkDocument, _ outcomes: [MentionOutcome]) throws -> [MentionFinding] {
        let document = work.loaded.collected
        let mark = DocumentMark(book: work.book, kind: document.kind.rawValue, document: work.id)
        var findings: [MentionFinding] = []
        var specs: [LinkSpec] = []
        var places: [Entity: Int] = [:]
        for (index, mention) in document.mentions.enumerated() {
            guard let row = outcomes[index].asset?.row else { continue }
            let entity = document.entity(of: mention) ?? Entity(type: .book, id: work.book)
            let role = document.role(of: mention)
            if role == .cover {
                places[entity] = index
                guard !contestedCovers.contains(entity) || preference == .document else {
                    if preference == nil {
                        findings.append(MentionFinding(mention: index, problem: Self.contested(entity)))
                    }
                    continue
                }
            }
            specs.append(
                LinkSpec(
                    assetID: row.id, entity: entity, role: role.rawValue,
                    sortOrder: role == .gallery ? Int(mention.order) : 0, mark: mark))
        }
        let isWhole = outcomes.allSatisfy { $0.asset != nil }
        let standing = specs
        let changes = try catalog.write { writer in
            // A mention that failed this time had a link perhaps: nothing is taken away for nothing.
            try writer.replaceLinks(
                markedBy: mark, with: standing, replacingCovers: preference == .document, removesOthers: isWhole)
        }
        for contradiction in changes.contradictions where preference != .catalog {
            guard let index = places[contradiction.entity] else { continue }
            findings.append(MentionFinding(mention: index, problem: Self.contradiction(contradiction)))
        }
        return findings
    }

    private static func contested(_ entity: Entity) -> Problem {
        Problem(
            .coverContradictsDocument, "two documents give one entity different covers",
            notes: ["\(entity.type.rawValue) '\(entity.id)' gets no cover link"],
            help: ["remove one of the two, or settle it with 'tipin assets link'"])
    }

    private static func contradiction(_ contradiction: LinkChanges.Contradiction) -> Problem {
        Problem(
            .coverContradictsCatalog, "the catalog has another cover",
            notes: [
                "\(contradiction.entity.type.rawValue) '\(contradiction.entity.id)' has asset "
                    + "'\(contradiction.standing.assetID)' as its cover"
            ],
            help: ["--prefer document links the document's cover, --prefer catalog leaves it"])
    }
}
