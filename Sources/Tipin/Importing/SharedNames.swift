internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Ids throughout one document: what one mention's address tells of an id of the document's own holds for its other
/// mentions, and an id that leads to two pictures is none.
struct SharedNames {
    private var assets: [ByteKey: ResolvedAsset] = [:]
    private var ambiguous: Set<ByteKey> = []
    /// A dry run would learn what they mean.
    private var planned: [ByteKey: MentionOutcome] = [:]

    /// - Parameters: of one document, mention by mention.
    init(_ claims: [Claim], _ outcomes: [MentionOutcome]) {
        for (claim, outcome) in zip(claims, outcomes) {
            if case .address(_, let id?) = claim, outcome.isPlanned { planned[ByteKey(id)] = outcome }
            guard var asset = outcome.asset else { continue }
            asset.standingAddress = .agrees
            let id = ByteKey(asset.documentID)
            if let other = assets.updateValue(asset, forKey: id), other.sha256 != asset.sha256 { ambiguous.insert(id) }
        }
    }

    func outcome(of claim: Claim, _ outcome: MentionOutcome) -> MentionOutcome {
        if !ambiguous.isEmpty, let id = claim.id ?? outcome.asset?.documentID, ambiguous.contains(ByteKey(id)) {
            return MentionOutcome(.left(Self.ambiguity(id)))
        }
        guard case .unknown(let id, _) = claim else { return outcome }
        return assets[ByteKey(id)].map { MentionOutcome(.asset($0)) } ?? planned[ByteKey(id)] ?? outcome
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
        case .settled, .known, .compare: nil
        }
    }
}
