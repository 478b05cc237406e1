internal import TipinAssets
internal import TipinDocument
internal import TipinSync

/// Whether the address beside an id is one of the asset's own (RULES 3, 2).
struct SourceAgreement {
    let catalog: CatalogReader?

    /// Told by what is known alone; an address that is not known must be read and compared.
    func holds(between asset: ResolvedAsset, and address: String) throws -> Bool {
        let trimmed = AddressForm.trimmed(address)
        // What is written is what is known, nearly always.
        if trimmed.hasSameBytes(as: asset.told?.remoteURL), WebURL.isPlainlyNormal(trimmed),
            TauriURL.path(of: trimmed) == nil
        {
            return true
        }
        switch AddressForm(trimmed) {
        case .dead: return true
        case .dataURL: return false
        case .localFile, .remoteURL:
            if let digest = AssetLookup.digest(inPath: trimmed), try isDigest(digest, of: asset) { return true }
            guard case .remoteURL = AddressForm(trimmed) else { return false }
            let normal = AssetLookup.normalized(trimmed)
            let told = [asset.told?.remoteURL, asset.row?.remoteURL].compactMap(\.self)
            if told.contains(where: { AssetLookup.normalized($0) == normal }) { return true }
            return try recorded(of: asset).contains { AssetLookup.normalized($0) == normal }
        }
    }

    /// The catalog is asked for the others only where those in hand are not the address.
    private func recorded(of asset: ResolvedAsset) throws -> [String] {
        guard let row = asset.row, let catalog else { return [] }
        return try ([row.id] + predecessors(of: row).map(\.oldAssetID)).flatMap { id in
            try catalog.remoteURLs(of: id) + catalog.sourceURLs(of: id)
        }
    }

    private func isDigest(_ digest: SHA256Digest, of asset: ResolvedAsset) throws -> Bool {
        if digest == asset.sha256 { return true }
        return try asset.row.map { try predecessors(of: $0).contains { $0.oldSHA256 == digest } } ?? false
    }

    /// An address of the picture that stood here before stays until the new one has its own.
    private func predecessors(of row: Asset) throws -> [Replacement] { try catalog?.predecessors(of: row.id) ?? [] }
}
