internal import TipinAssets
internal import TipinDiagnostics

/// Ids that a document gave by itself: what one mention's address tells of such an id holds for its other mentions, and
/// an id whose addresses lead to two pictures is none.
struct SharedNames {
    private var assets: [String: ResolvedAsset] = [:]
    private var ambiguous: Set<String> = []
    /// A dry run would learn what they mean.
    private var planned: [String: MentionOutcome] = [:]

    /// - Parameters: of one document, mention by mention.
    init(_ claims: [Claim], _ outcomes: [MentionOutcome]) {
        for case (.address(_, let id?), let outcome) in zip(claims, outcomes) {
            if outcome.isPlanned { planned[id] = outcome }
            guard let asset = outcome.asset else { continue }
            if let other = assets[id], other.sha256 != asset.sha256 { ambiguous.insert(id) }
            assets[id] = asset
        }
    }

    func outcome(of claim: Claim, _ outcome: MentionOutcome) -> MentionOutcome {
        switch claim {
        case .address(_, let id?) where ambiguous.contains(id): MentionOutcome(.left(Self.ambiguity(id)))
        case .unknown(let id, _) where ambiguous.contains(id): outcome
        case .unknown(let id, _): assets[id].map { MentionOutcome(.asset($0)) } ?? planned[id] ?? outcome
        default: outcome
        }
    }

    private static func ambiguity(_ id: String) -> Problem {
        Problem(
            .idAmbiguous, "asset id means two different pictures",
            notes: ["the document has '\(Redaction.printable(String(id.prefix(40))))' with addresses of both"],
            help: ["give one of the two nodes an id of its own, or none"])
    }
}
