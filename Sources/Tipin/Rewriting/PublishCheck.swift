internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// Whether a mention may be published: everything that would keep a reader from the picture, or give away too much.
struct PublishCheck: Sendable {
    let settings: Settings
    /// The remote's own host is a private one, so that its addresses may be.
    let remoteIsPrivate: Bool

    /// A dry run: what is here would be sent.
    let wouldSend: Bool

    init(_ workspace: Workspace, wouldSend: Bool) {
        self.wouldSend = wouldSend
        settings = workspace.settings
        remoteIsPrivate = workspace.remote?.isPrivate ?? false
    }

    /// `nil` where nothing speaks against it.
    func problem(with outcome: MentionOutcome) -> Problem? {
        switch outcome.resolution {
        case .left(let problem): return problem
        case .planned, .passed: return nil
        case .asset(let asset):
            if asset.copy == nil, wouldSend, asset.blobPath != nil { return nil }
            guard let url = asset.copy?.url else { return asset.syncProblem ?? Self.notAtRemote(asset) }
            if let problem = AddressChecks.expiring(url) { return problem }
            if !remoteIsPrivate, let problem = AddressChecks.private(url) { return problem }
            if asset.row?.hasPosition == true, settings.importLimits.metadata != .keep {
                return Self.position(asset)
            }
            return nil
        }
    }

    private static func notAtRemote(_ asset: ResolvedAsset) -> Problem {
        Problem(
            .remoteURLMissing, "image is not at the remote",
            notes: ["asset '\(asset.documentID)', SHA-256 \(asset.sha256)"],
            help: ["run 'tipin sync' to upload what is pending"])
    }

    static func position(_ asset: ResolvedAsset) -> Problem {
        Problem(
            .positionInPicture, "picture tells where it was taken",
            notes: ["asset '\(asset.documentID)' has position data that tipin cannot remove losslessly"],
            help: ["remove it with an image editor, or set 'metadata' to 'keep' if it may be seen"])
    }
}
