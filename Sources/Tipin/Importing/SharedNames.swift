internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Ids throughout one document: what one mention's address tells of an id of the document's own holds for its other
/// mentions, and an id that leads to two pictures is none.
struct SharedNames {
    private var ambiguous: Set<ByteKey> = []
    /// What becomes of the mentions that only have an id, where another mention tells what it means.
    private var known: [ByteKey: MentionOutcome] = [:]
    /// A dry run would learn what they mean.
    private var planned: [ByteKey: MentionOutcome] = [:]

    /// - Parameters: of one document, mention by mention.
    init(_ claims: [Claim], _ outcomes: [MentionOutcome]) {
        let wanted = Set(claims.lazy.compactMap(\.unknownID).map { ByteKey($0) })
        // Where an id stands among the outcomes and no more: a document may have a million.
        var places: [ByteKey: Int32] = [:]
        for (index, outcome) in outcomes.enumerated() {
            if outcome.isPlanned, case .address(_, let meaning) = claims[index], let id = meaning.id {
                planned[ByteKey(id)] = outcome
            }
            guard var asset = outcome.asset else { continue }
            let id = ByteKey(asset.documentID)
            if let other = places.updateValue(Int32(index), forKey: id),
                outcomes[Int(other)].asset?.sha256 != asset.sha256
            {
                ambiguous.insert(id)
            }
            guard !wanted.isEmpty, wanted.contains(id) else { continue }
            asset.standingAddress = .agrees
            known[id] = MentionOutcome(.asset(asset))
        }
    }

    func outcome(of claim: Claim, _ outcome: MentionOutcome) -> MentionOutcome {
        if !ambiguous.isEmpty, let id = claim.id ?? outcome.asset?.documentID, ambiguous.contains(ByteKey(id)) {
            return MentionOutcome(.left(Self.ambiguity(id)))
        }
        guard let id = claim.unknownID.map(ByteKey.init) else { return outcome }
        return known[id] ?? planned[id] ?? outcome
    }

    static func ambiguity(_ id: String) -> Problem {
        Problem(
            .idAmbiguous, "asset id means two different pictures",
            notes: ["the document has '\(Redaction.printable(String(id.prefix(40))))' for both"],
            help: ["give one of the two an id of its own, or none"])
    }
}

extension Claim {
    /// What the document calls it, where nothing but an address tells what it is.
    fileprivate var id: String? {
        switch self {
        case .address(_, let meaning): meaning.id
        case .unknown(let id, _): id
        case .settled, .known, .compare: nil
        }
    }

    /// An id without an address that nobody knows.
    fileprivate var unknownID: String? {
        if case .unknown(let id, _) = self { id } else { nil }
    }
}
