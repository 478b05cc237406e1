internal import TipinAssets
internal import TipinDocument

/// One place of a document that names an asset, with all by which it may be known.
struct Naming {
    enum Kind: String, Sendable {
        case mention
        /// An entry of a manifest, inside the document or beside it.
        case manifest
        /// An image in HTML, which is read but never rewritten.
        case html
    }

    var kind: Kind
    var ids: [String] = []
    var digests: [SHA256Digest] = []
    /// As they stand there, and normalised.
    var addresses: [String] = []
    /// Of the document's mentions.
    var mention: Int?
    var pointer: String?

    /// Gives each place of the document that names an asset.
    static func forEach(in document: LoadedDocument, _ body: (Naming) -> Void) {
        for (index, mention) in document.collected.mentions.enumerated() {
            let details = document.collected.details(of: mention)
            var naming = Naming(kind: .mention, mention: index)
            naming.ids = [details.assetID].compactMap { $0 }
            naming.digests = [details.sha256.flatMap(SHA256Digest.init)].compactMap { $0 }
            for address in [details.address, details.remoteURL, details.localPath] { naming.add(address) }
            body(naming)
        }
        for (_, entry) in ManifestEntries(of: document).all {
            var naming = Naming(kind: .manifest, ids: [entry.key])
            naming.digests = [SHA256Digest(entry.sha256)].compactMap { $0 }
            for address in [entry.remoteURL, entry.localPath] { naming.add(address) }
            body(naming)
        }
        for html in document.collected.htmlContents {
            var naming = Naming(kind: .html, pointer: html.pointer)
            for image in html.images { naming.add(image.address) }
            body(naming)
        }
    }

    /// The assets that a file of many lines names by id and digest, as below.
    /// - Throws: where it cannot be read to its end: what a part of it names is not what it names.
    static func assets(inLines file: DocumentFile, _ collect: Collect) throws -> Set<NamedAsset> {
        var assets: Set<NamedAsset> = []
        var source = try collect.lines(of: file)
        while let piece = try source.next() {
            // A part of a line that is no document names nothing.
            guard !piece.isOversized else { continue }
            assets.formUnion(Self.assets(in: collect.load(piece, of: file).documents))
        }
        return assets
    }

    /// The assets that documents name by id and digest: what must be here when they come back.
    static func assets(in documents: [LoadedDocument]) -> Set<NamedAsset> {
        var assets: Set<NamedAsset> = []
        for document in documents {
            forEach(in: document) { naming in
                guard let id = naming.ids.first, let digest = naming.digests.first else { return }
                assets.insert(NamedAsset(assetID: id, sha256: digest))
            }
        }
        return assets
    }

    private mutating func add(_ address: String?) {
        guard let address else { return }
        let trimmed = AddressForm.trimmed(address)
        switch AddressForm(trimmed) {
        // What it holds needs no store.
        case .dataURL: return
        case .localFile, .dead:
            if let digest = AssetLookup.digest(inPath: trimmed) { digests.append(digest) }
            if trimmed.utf8.count <= 64 { ids.append(trimmed) }
        case .remoteURL:
            if let digest = AssetLookup.digest(inPath: trimmed) { digests.append(digest) }
            let normalized = AssetLookup.normalized(trimmed)
            addresses.append(address)
            if !normalized.hasSameBytes(as: address) { addresses.append(normalized) }
        }
    }
}
