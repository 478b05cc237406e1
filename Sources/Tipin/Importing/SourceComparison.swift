internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Reads the address beside an id and compares what it leads to with the asset (RULES 3, 2).
struct SourceComparison: Sendable {
    let workspace: Workspace
    let reader: AddressReader

    enum Outcome: Sendable {
        case agrees
        case contradicts(Problem)
        case unchecked(Problem)
    }

    func compare(_ asset: ResolvedAsset, _ address: String, in file: DocumentFile) async -> Outcome {
        switch await reader.read(address, in: file) {
        case .content(let content):
            return matches(content.bytes, asset)
                ? .agrees : .contradicts(Self.contradiction(address, asset))
        case .problem(let problem): return .unchecked(Self.unchecked(address, problem.headline))
        case .needsNetwork: return .unchecked(Self.unchecked(address, "this command asks no host"))
        }
    }

    /// As found, or as our metadata rule leaves it.
    private func matches(_ bytes: [UInt8], _ asset: ResolvedAsset) -> Bool {
        let digest = SHA256Digest(of: bytes)
        if digest == asset.sha256 { return true }
        guard let type = FileType.sniff(bytes),
            let stripped = try? MetadataStripper.stripped(
                bytes, type: type, rule: workspace.settings.importLimits.metadata)
        else { return false }
        return SHA256Digest(of: stripped) == asset.sha256
    }

    private static func contradiction(_ address: String, _ asset: ResolvedAsset) -> Problem {
        Problem(
            .srcContradictsAsset, "asset id and address name two different pictures",
            notes: [
                "'\(asset.documentID)' has SHA-256 \(asset.sha256)",
                "'\(Redaction.redacted(String(address.prefix(200))))' leads to other bytes",
            ],
            help: [
                "--prefer document takes the address's picture, --prefer catalog keeps the asset's"
            ])
    }

    private static func unchecked(_ address: String, _ words: String) -> Problem {
        Problem(
            .srcUnchecked, "address beside an asset id could not be compared with it",
            notes: ["'\(Redaction.redacted(String(address.prefix(200))))': \(words)"],
            help: ["--prefer catalog settles it for the asset"])
    }
}
