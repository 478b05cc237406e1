internal import TipinAssets
internal import TipinDocument

/// Compares each address with each asset once in a run, however many mentions have the two.
actor ComparisonCache {
    struct Key: Hashable, Sendable {
        let address: ByteKey
        /// Of the document, where the address is relative to it.
        let folder: ByteKey
        let digest: SHA256Digest
    }

    private var findings: [Key: Task<SourceComparison.Finding, Never>] = [:]

    func finding(
        _ key: Key, _ compare: @escaping @Sendable () async -> SourceComparison.Finding
    ) async -> SourceComparison.Finding {
        if let finding = findings[key] { return await finding.value }
        let finding = Task { await compare() }
        findings[key] = finding
        return await finding.value
    }
}
