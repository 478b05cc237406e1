internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// Whether a mention may be published: everything that would keep a reader from the picture, or give away too much.
struct PublishCheck: Sendable {
    /// The remote's own host is a private one, so that its addresses may be.
    let remoteIsPrivate: Bool

    /// A dry run: what is here would be sent.
    let wouldSend: Bool
    private let positions: PositionRule

    init(_ workspace: Workspace, wouldSend: Bool) {
        self.wouldSend = wouldSend
        positions = PositionRule(workspace.settings.importLimits.metadata, workspace.catalog)
        remoteIsPrivate = workspace.remote?.isPrivate ?? false
    }

    /// `nil` where nothing speaks against it.
    func problem(with outcome: MentionOutcome) -> Problem? {
        switch outcome.resolution {
        case .left(let problem): return problem
        case .planned, .passed: return nil
        case .asset(let asset):
            if let problem = positions.problem(with: asset) { return problem }
            if asset.copy == nil, wouldSend, asset.blobPath != nil { return nil }
            guard let url = asset.copy?.url else { return asset.syncProblem ?? Self.notAtRemote(asset) }
            if let problem = AddressChecks.expiring(url) { return problem }
            if !remoteIsPrivate, let problem = AddressChecks.private(url) { return problem }
            return nil
        }
    }

    private static func notAtRemote(_ asset: ResolvedAsset) -> Problem {
        Problem(
            .remoteURLMissing, "image is not at the remote",
            notes: ["asset '\(asset.documentID)', SHA-256 \(asset.sha256)"],
            help: ["run 'tipin sync' to upload what is pending"])
    }
}
