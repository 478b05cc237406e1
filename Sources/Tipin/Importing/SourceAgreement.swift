internal import TipinAssets
internal import TipinDocument

/// Whether the address beside an id is one of the asset's own (RULES 3, 2).
struct SourceAgreement {
    let catalog: CatalogReader?

    /// Told by what is known alone; an address that is not known must be read and compared.
    func holds(between asset: ResolvedAsset, and address: String) throws -> Bool {
        let trimmed = AddressForm.trimmed(address)
        switch AddressForm(trimmed) {
        case .dead: return true
        case .dataURL: return false
        case .localFile, .remoteURL:
            if let digest = AssetLookup.digest(inPath: trimmed), try digests(of: asset).contains(digest) { return true }
            guard case .remoteURL = AddressForm(trimmed) else { return false }
            return try addresses(of: asset).contains(AssetLookup.normalized(trimmed))
        }
    }

    private func addresses(of asset: ResolvedAsset) throws -> Set<String> {
        var addresses = [asset.told?.remoteURL, asset.row?.remoteURL].compactMap { $0 }
        if let row = asset.row, let catalog {
            for id in try [row.id] + predecessors(of: row).map(\.oldAssetID) {
                addresses += try catalog.remoteURLs(of: id) + catalog.sourceURLs(of: id)
            }
        }
        return Set(addresses.map(AssetLookup.normalized))
    }

    private func digests(of asset: ResolvedAsset) throws -> [SHA256Digest] {
        try [asset.sha256] + (asset.row.map { try predecessors(of: $0).map(\.oldSHA256) } ?? [])
    }

    /// An address of the picture that stood here before stays until the new one has its own.
    private func predecessors(of row: Asset) throws -> [Replacement] { try catalog?.predecessors(of: row.id) ?? [] }
}
