internal import TipinAssets
internal import TipinDiagnostics

extension PositionRule {
    /// Why a mention's picture may not be shown to readers. A copy at the remote, or the sending of one, changes
    /// nothing in it.
    func problem(with asset: ResolvedAsset) -> Problem? {
        guard let row = asset.row, var problem = problem(with: row) else { return nil }
        problem.notes.insert("asset '\(asset.documentID)'", at: 0)
        return problem
    }
}
