internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument
internal import TipinSync

/// `assets restrip`: removes from stored pictures the metadata that today's rule removes (RULES 3 "New ids").
package struct RestripRun: Sendable {
    /// An asset and the one that took its place.
    package struct Pair: Sendable, Equatable {
        package var old: String
        package var new: String
        /// Where remotes have the old one, with all that was removed here.
        package var copies: [String] = []
    }

    private let workspace: Workspace

    package init(_ workspace: Workspace) { self.workspace = workspace }

    /// - Parameter names: ids, digests or beginnings of one; all assets of the books that are worked on where empty.
    /// - Returns: what was replaced, how many needed nothing, and what was said of the others.
    package func run(_ names: [String]) async throws -> (pairs: [Pair], unchanged: Int, report: RunReport) {
        var report = RunReport(command: "assets restrip")
        var pairs: [Pair] = []
        var unchanged = 0
        let remote = workspace.remote?.name.rawValue
        // One after the other: two pictures that differ in their metadata alone become one asset.
        for asset in try AssetSelection(workspace).assets(named: names) {
            try Task.checkCancellation()
            guard let importer = workspace.importer else { throw RunError.usage(AssetService.readOnly) }
            do {
                let result = try await importer.restrip(asset, remote: remote)
                report.diagnostics += result.warnings.map { diagnostic($0, asset) }
                if let new = result.new {
                    pairs.append(Pair(old: asset.id, new: new.id, copies: try copies(of: asset)))
                } else {
                    unchanged += 1
                }
            } catch let error where error.concernsStoredPicture {
                report.diagnostics.append(diagnostic(error.problem, asset))
            }
        }
        return (pairs, unchanged, report)
    }

    /// Addresses, or the place below its folder of a copy that has none, each once.
    private func copies(of asset: Asset) throws -> [String] {
        guard let catalog = workspace.catalog else { return [] }
        return try catalog.read { reader in
            let sent = try reader.uploads(of: asset.id).filter { $0.status == .uploaded }
            let lines = sent.compactMap { copy in copy.remoteURL ?? copy.remoteID.map { "\(copy.key.remote)/\($0)" } }
            let own = asset.status == .uploaded ? asset.remoteURL : nil
            var seen: Set<ByteKey> = []
            return (lines + [own].compactMap(\.self)).filter { seen.insert(ByteKey($0)).inserted }
        }
    }

    private func diagnostic(_ problem: Problem, _ asset: Asset) -> Diagnostic {
        var problem = problem
        problem.notes.insert("asset '\(Redaction.printable(asset.id))'", at: 0)
        return Diagnostic(problem)
    }
}
