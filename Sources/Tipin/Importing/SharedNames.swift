internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Ids throughout one document: what one mention's address tells of an id of the document's own holds for its other
/// mentions, and an id that leads to two pictures is none.
struct SharedNames {
    /// Where an id's asset stands among the outcomes: a document may have a million.
    private var places: [ByteKey: Place] = [:]
    private var ambiguous: Set<ByteKey> = []
    /// A dry run would learn what they mean.
    private var planned: [ByteKey: MentionOutcome] = [:]
    private let outcomes: [MentionOutcome]

    private struct Place {
        var index: Int
        var digest: SHA256Digest
    }

    /// - Parameters: of one document, mention by mention.
    init(_ claims: [Claim], _ outcomes: [MentionOutcome]) {
        self.outcomes = outcomes
        for (index, outcome) in outcomes.enumerated() {
            if outcome.isPlanned, case .address(_, let id?) = claims[index] { planned[ByteKey(id)] = outcome }
            guard case .asset(let asset) = outcome.resolution else { continue }
            let id = ByteKey(asset.documentID)
            let place = Place(index: index, digest: asset.sha256)
            if let other = places.updateValue(place, forKey: id), other.digest != asset.sha256 { ambiguous.insert(id) }
        }
    }

    func outcome(of claim: Claim, _ outcome: MentionOutcome) -> MentionOutcome {
        if !ambiguous.isEmpty, let id = claim.id ?? outcome.asset?.documentID, ambiguous.contains(ByteKey(id)) {
            return MentionOutcome(.left(Self.ambiguity(id)))
        }
        guard case .unknown(let id, _) = claim else { return outcome }
        guard let place = places[ByteKey(id)], var asset = outcomes[place.index].asset else {
            return planned[ByteKey(id)] ?? outcome
        }
        asset.standingAddress = .agrees
        return MentionOutcome(.asset(asset))
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
        case .address(_, let id): id
        case .unknown(let id, _): id
        case .settled, .known, .compare, .inline: nil
        }
    }
}
