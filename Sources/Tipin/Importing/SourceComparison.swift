internal import TipinAssets
internal import TipinDiagnostics
internal import TipinDocument

/// Reads the address beside an id and compares what it leads to with the asset (RULES 3, 2).
struct SourceComparison: Sendable {
    let workspace: Workspace
    let reader: AddressReader
    let cache: ComparisonCache

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
        if await isKnownAsAnothers(address, than: asset) { return .contradicts(Self.contradiction(address, asset)) }
        return switch await finding(asset.sha256, address, in: file) {
        case .same: .agrees
        case .different: .contradicts(Self.contradiction(address, asset))
        case .unread(let words): .unchecked(Self.unchecked(address, words))
        }
    }

    /// Nothing has to be read for what the catalog tells.
    private func isKnownAsAnothers(_ address: String, than asset: ResolvedAsset) async -> Bool {
        guard let catalog = workspace.catalog else { return false }
        return (try? catalog.read { try SourceAgreement(catalog: $0).isAnothers(address, than: asset) }) ?? false
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
