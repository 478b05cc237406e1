internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Looks again at pictures of which the catalog does not know what their bytes tell.
struct MissingFacts: Sendable {
    let workspace: Workspace
    let blobs: BlobStore
    let isDryRun: Bool

    /// What is to be said of one picture.
    struct Outcome: Sendable {
        var finding: VerifyFinding
        /// Whether all is known now.
        var isLearnt: Bool
    }

    /// - Parameter state: of a picture that lacks facts. Its bytes were mended before, as far as the catalog says where
    ///   they are.
    /// - Returns: `nil` where its bytes are not here: that is no fault, or is told already.
    func learn(_ state: AssetState) async throws -> Outcome? {
        let asset = state.asset
        guard let importer = workspace.importer, !isDryRun else {
            let isHere = state.broken.isEmpty && blobs.findAnywhere(asset.sha256) != nil
            return isHere ? Outcome(finding: finding(asset, "nothing was changed"), isLearnt: false) : nil
        }
        do {
            guard try await importer.learnFacts(of: asset) else { return nil }
            return Outcome(finding: finding(asset, "it was looked at again, and they are known now"), isLearnt: true)
        } catch let error where error.concernsPicture || error.isBeyondMending {
            let words = ([error.problem.headline] + error.problem.notes).joined(separator: ": ")
            return Outcome(finding: finding(asset, "it cannot be looked at: \(words)"), isLearnt: false)
        }
    }

    private func finding(_ asset: Asset, _ outcome: String) -> VerifyFinding {
        let problem = Problem(
            .factsMissing, "catalog did not know what a picture's bytes tell",
            notes: ["asset '\(Redaction.printable(asset.id))', SHA-256 \(asset.sha256)", outcome])
        var finding = VerifyFinding(problem)
        finding.assetID = asset.id
        finding.sha256 = asset.sha256.description
        return finding
    }
}
