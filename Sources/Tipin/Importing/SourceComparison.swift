internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Reads the address beside an id and compares what it leads to with the asset (RULES 3, 2).
struct SourceComparison: Sendable {
    let workspace: Workspace
    let reader: AddressReader
    let cache: ComparisonCache
    /// Whether what addresses led to before counts for nothing.
    let refetches: Bool

    /// What was read, whatever the mention calls the asset.
    enum Finding: Sendable {
        case same
        case different
        /// Why it was not read, in words.
        case unread(String)
    }

    enum Outcome: Sendable {
        case agrees
        case contradicts(Problem)
        case unchecked(Problem)
    }

    func compare(_ asset: ResolvedAsset, _ address: String, in file: DocumentFile) async -> Outcome {
        switch await finding(asset.sha256, address, in: file) {
        case .same: return .agrees
        case .different: return .contradicts(Self.contradiction(address, asset, " leads to other bytes"))
        case .unread(let words):
            guard let other = other(at: address, than: asset) else {
                return .unchecked(Self.unchecked(address, words))
            }
            return .contradicts(
                Self.contradiction(address, asset, ": \(words); the catalog knows it as that of '\(other.id)'"))
        }
    }

    /// What the address was when the catalog learnt of it, where nobody can see what it is now.
    private func other(at address: String, than asset: ResolvedAsset) -> Asset? {
        guard !refetches, let catalog = workspace.catalog else { return nil }
        return try? catalog.read { try SourceAgreement(catalog: $0).other(at: address, than: asset) }
    }

    private func finding(_ digest: SHA256Digest, _ address: String, in file: DocumentFile) async -> Finding {
        let trimmed = AddressForm.trimmed(address)
        let key: ComparisonCache.Key
        switch AddressForm(trimmed) {
        // It is its own bytes: nothing to ask, and much to keep in memory.
        case .dataURL, .dead: return await read(address, digest, in: file)
        case .remoteURL:
            key = .init(address: ByteKey(AssetLookup.normalized(trimmed)), folder: ByteKey(""), digest: digest)
        case .localFile:
            let folder = ByteKey(Paths.parent(of: file.path))
            key = .init(address: ByteKey(trimmed), folder: folder, digest: digest)
        }
        return await cache.finding(key) { await read(address, digest, in: file) }
    }

    private func read(_ address: String, _ digest: SHA256Digest, in file: DocumentFile) async -> Finding {
        switch await reader.read(address, in: file) {
        case .content(let content): matches(content.bytes, digest) ? .same : .different
        case .problem(let problem): .unread(problem.headline)
        case .needsNetwork: .unread("this command asks no host")
        }
    }

    /// As found, or as our metadata rule leaves it.
    private func matches(_ bytes: [UInt8], _ digest: SHA256Digest) -> Bool {
        let found = SHA256Digest(of: bytes)
        if found == digest || isSource(found, of: digest) { return true }
        guard let type = FileType.sniff(bytes),
            let stripped = try? MetadataStripper.stripped(
                bytes, type: type, rule: workspace.settings.importLimits.metadata)
        else { return false }
        return SHA256Digest(of: stripped) == digest
    }

    /// Whether bytes that were found like that are stored as those, whatever rule is ours now.
    private func isSource(_ found: SHA256Digest, of digest: SHA256Digest) -> Bool {
        (try? workspace.catalog?.read { try $0.asset(digest: found)?.sha256 == digest }) ?? false
    }

    private static func contradiction(_ address: String, _ asset: ResolvedAsset, _ words: String) -> Problem {
        Problem(
            .srcContradictsAsset, "asset and address name two different pictures",
            notes: [
                "'\(asset.documentID)' has SHA-256 \(asset.sha256)",
                "'\(Redaction.redacted(String(address.prefix(200))))'\(words)",
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
