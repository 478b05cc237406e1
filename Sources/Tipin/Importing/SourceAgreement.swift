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
            if let digest = AssetLookup.digest(inPath: trimmed), digest == asset.sha256 { return true }
            guard case .remoteURL = AddressForm(trimmed) else { return false }
            return try addresses(of: asset).contains(AssetLookup.normalized(trimmed))
        }
    }

    private func addresses(of asset: ResolvedAsset) throws -> Set<String> {
        var addresses = [asset.told?.remoteURL, asset.row?.remoteURL].compactMap { $0 }
        if let row = asset.row, let catalog {
            addresses += try catalog.remoteURLs(of: row.id) + catalog.sourceURLs(of: row.id)
        }
        return Set(addresses.map(AssetLookup.normalized))
    }
}
