internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Looks again at pictures of which the catalog does not know what their bytes tell, or says something else.
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

    /// - Parameter state: of a picture that needs to be looked at. Its bytes were mended before, as far as the catalog
    ///   says where they are.
    /// - Returns: `nil` where its bytes are not here, which is no fault or is told already, and where nothing is wrong.
    func learn(_ state: AssetState) async throws -> Outcome? {
        let asset = state.asset
        let isWrong = state.isContradicted
        guard let importer = workspace.importer, !isDryRun else {
            let isHere = state.broken.isEmpty && blobs.findAnywhere(asset.sha256) != nil
            guard isHere else { return nil }
            return Outcome(finding: finding(asset, isWrong: isWrong, ["nothing was changed"]), isLearnt: false)
        }
        do {
            switch try await importer.learnFacts(of: asset) {
            case .noBytes, .nothing: return nil
            case .learnt:
                let words = ["it was looked at again, and they are known now"]
                return Outcome(finding: finding(asset, isWrong: false, words), isLearnt: true)
            case .corrected(let wrong):
                let words = ["it said \(Redaction.printable(wrong))", "it was looked at again, and that is put right"]
                return Outcome(finding: finding(asset, isWrong: true, words), isLearnt: true)
            }
        } catch let error where error.concernsPicture || error.isBeyondMending {
            let words = ([error.problem.headline] + error.problem.notes).joined(separator: ": ")
            let outcome = ["it cannot be looked at: \(words)"]
            return Outcome(finding: finding(asset, isWrong: isWrong, outcome), isLearnt: false)
        }
    }

    private func finding(_ asset: Asset, isWrong: Bool, _ outcome: [String]) -> VerifyFinding {
        let problem = Problem(
            isWrong ? .factsMismatch : .factsMissing,
            isWrong ? "catalog says else than a picture's bytes" : "catalog did not know what a picture's bytes tell",
            notes: ["asset '\(Redaction.printable(asset.id))', SHA-256 \(asset.sha256)"] + outcome)
        var finding = VerifyFinding(problem)
        finding.assetID = asset.id
        finding.sha256 = asset.sha256.description
        return finding
    }
}
