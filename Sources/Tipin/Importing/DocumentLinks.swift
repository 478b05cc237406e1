internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// The links that a document makes: which assets its entities have, and as what (RULES "Links").
struct DocumentLinks: Sendable {
    let catalog: Catalog
    let preference: Preference?
    let contestedCovers: Set<Entity>
    /// A plan only says which links are to be made.
    var isRehearsal = false

    /// What became of one document's links.
    struct Outcome: Sendable {
        /// What is to be said of its covers.
        var findings: [MentionFinding] = []
        /// `nil` where nothing changes.
        var order: LinkOrder?
        var step: LinkStep?
        /// What the links name that were before.
        var oldAssets: [NamedAsset] = []
    }

    /// Replaces the links that the documents made before, all of them in one transaction. Links of the app are never
    /// touched.
    func make(_ documents: [(work: WorkDocument, outcomes: [MentionOutcome])]) throws -> [Outcome] {
        let drafts = documents.map { draft($0.work, $0.outcomes) }
        let made =
            isRehearsal
            ? try drafts.map { try rehearse($0.order) }
            : try catalog.write { writer in try drafts.map { try Self.carryOut($0.order, writer) } }
        return zip(drafts, made).map { outcome(of: $0, $1) }
    }

    /// The links of one document as they are to be.
    private struct Draft {
        var order: LinkOrder
        var findings: [MentionFinding] = []
        /// The mentions that are an entity's cover.
        var places: [Entity: Int] = [:]
    }

    private func draft(_ work: WorkDocument, _ outcomes: [MentionOutcome]) -> Draft {
        let document = work.loaded.collected
        // A mention that failed this time had a link perhaps: nothing is taken away for nothing.
        var draft = Draft(
            order: LinkOrder(
                mark: DocumentMark(book: work.book, kind: document.kind.rawValue, document: work.id), links: [],
                replacesCovers: preference == .document, removesOthers: outcomes.allSatisfy { $0.asset != nil }))
        for (index, mention) in document.mentions.enumerated() {
            guard let row = outcomes[index].asset?.row else { continue }
            let entity = document.entity(of: mention) ?? Entity(type: .book, id: work.book)
            let role = document.role(of: mention)
            if role == .cover {
                draft.places[entity] = index
                guard !contestedCovers.contains(entity) || preference == .document else {
                    if preference == nil {
                        draft.findings.append(MentionFinding(mention: index, problem: Self.contested(entity)))
                    }
                    continue
                }
            }
            draft.order.links.append(
                LinkOrder.Link(
                    assetID: row.id, entity: entity, role: role.rawValue,
                    sortOrder: role == .gallery ? Int(mention.order) : 0))
        }
        return draft
    }

    private func outcome(of draft: Draft, _ made: Made) -> Outcome {
        var outcome = Outcome(findings: draft.findings)
        if !made.step.isEmpty {
            (outcome.order, outcome.step, outcome.oldAssets) = (draft.order, made.step, made.oldAssets)
        }
        for contradiction in made.changes.contradictions where preference != .catalog {
            guard let index = draft.places[contradiction.entity] else { continue }
            outcome.findings.append(MentionFinding(mention: index, problem: Self.contradiction(contradiction)))
        }
        return outcome
    }

    private struct Made: Error {
        var step: LinkStep
        var changes: LinkChanges
        var oldAssets: [NamedAsset]
    }

    private static func carryOut(_ order: LinkOrder, _ writer: CatalogWriter) throws -> Made {
        let (step, changes) = try writer.carryOut(order)
        let old = step.isEmpty ? [] : Set((step.before + step.displaced).map(\.assetID)).sorted()
        let rows = try writer.reader.assets(withIDs: old)
        return Made(
            step: step, changes: changes, oldAssets: rows.map { NamedAsset(assetID: $0.id, sha256: $0.sha256) })
    }

    private func rehearse(_ order: LinkOrder) throws -> Made {
        do {
            // Thrown, it takes everything back.
            return try catalog.write { writer in throw try Self.carryOut(order, writer) }
        } catch let made as Made {
            return made
        }
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
