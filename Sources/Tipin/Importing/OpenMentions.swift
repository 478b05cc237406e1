internal import TipinAssets
internal import TipinDocument
internal import TipinSync

/// Which mentions another document of the run may still settle: with an id that only that one explains, or with bytes
/// that only that one leads to.
struct OpenMentions: Sendable {
    let remote: (any Remote)?

    /// - Parameter outcomes: of the document's mentions after the import stage.
    func count(in work: WorkDocument, _ outcomes: [MentionOutcome]) -> Int {
        let document = work.loaded.collected
        return zip(document.mentions, outcomes).count { mention, outcome in
            switch outcome.resolution {
            case .asset(let asset): isOpen(asset)
            case .left, .passed: mayBeSettled(document.details(of: mention))
            case .planned: false
            }
        }
    }

    /// Whether more would be written of it if its bytes were here.
    private func isOpen(_ asset: ResolvedAsset) -> Bool {
        guard asset.blobPath == nil else { return false }
        if asset.row == nil {
            return asset.told?.mime == nil || asset.told?.localPath != nil || asset.told?.lacksSize == true
        }
        return asset.told?.localPath != nil && asset.copy == nil && asset.told?.remoteURL == nil
    }

    /// What only an address tells of is the same for every document, but for one that names an asset.
    private func mayBeSettled(_ details: MentionDetails) -> Bool {
        if details.assetID != nil || details.sha256 != nil { return true }
        guard let address = details.address else { return false }
        if let id = AssetLookup.idCandidate(address), AssetID.isDerived(id) { return true }
        let trimmed = AddressForm.trimmed(address)
        switch AddressForm(trimmed) {
        case .localFile: return AssetLookup.digest(inPath: trimmed) != nil
        case .remoteURL: return remote?.owns(AssetLookup.normalized(trimmed)) ?? false
        case .dataURL, .dead: return false
        }
    }
}
