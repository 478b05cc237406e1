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
            return try !isAnothers(trimmed, than: asset)
        }
        switch AddressForm(trimmed) {
        case .dead: return true
        case .dataURL: return false
        case .localFile, .remoteURL:
            if let digest = AssetLookup.digest(inPath: trimmed), try isDigest(digest, of: asset) { return true }
            guard case .remoteURL = AddressForm(trimmed) else { return false }
            let normal = AssetLookup.normalized(trimmed)
            if asset.row?.remoteURL.map(AssetLookup.normalized) == normal { return true }
            if asset.told?.remoteURL.map(AssetLookup.normalized) == normal {
                return try !isAnothers(trimmed, than: asset)
            }
            return try recorded(of: asset).contains { AssetLookup.normalized($0) == normal }
        }
    }

    /// Whether the catalog knows that another picture is served at the address: no document knows better.
    func isAnothers(_ address: String, than asset: ResolvedAsset) throws -> Bool {
        try other(at: address, than: asset) != nil
    }

    /// Another asset that the catalog knows by the address at the remote.
    func other(at address: String, than asset: ResolvedAsset) throws -> Asset? {
        guard let catalog, !address.hasSameBytes(as: asset.row?.remoteURL),
            case .remoteURL = AddressForm(AddressForm.trimmed(address)),
            let other = try catalog.asset(remoteURL: AssetLookup.normalized(AddressForm.trimmed(address))),
            other.sha256 != asset.sha256
        else { return nil }
        // One took the place of the other, and documents may have its address still, or already.
        if let row = asset.row, try predecessors(of: row).contains(where: { $0.oldSHA256 == other.sha256 }) {
            return nil
        }
        return try predecessors(of: other).contains { $0.oldSHA256 == asset.sha256 } ? nil : other
    }

    /// The address that a FileRef or the manifest tells of the asset, where it is another's.
    func anothersAddress(toldOf asset: ResolvedAsset) throws -> String? {
        try asset.told?.remoteURL.flatMap { try isAnothers($0, than: asset) ? $0 : nil }
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
