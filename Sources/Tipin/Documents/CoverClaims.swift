internal import TipinAssets
internal import TipinDocument

/// What the documents of a run say of entities' covers. Different pictures for one entity contradict each other;
/// different ways to one picture do not, so that a run after the documents were rewritten says the same.
struct CoverClaims: Sendable {
    private var claims: [Entity: [Claim]] = [:]

    private struct Claim: Sendable {
        let file: DocumentFile
        let line: Int?
        let assetID: String?
        let sha256: String?
        /// `nil` for a `data:` URL: what it holds is kept as its digest.
        let address: String?

        /// What can be told of the picture without looking anywhere.
        var spelling: ByteKey { ByteKey(sha256 ?? address ?? assetID ?? "") }
    }

    /// Two files may be copies of one document: paths tell them apart. Of several covers in one document the first
    /// counts.
    mutating func add(_ mention: Mention, of entity: Entity, _ document: LoadedDocument, in file: DocumentFile) {
        let known = claims[entity] ?? []
        guard !known.contains(where: { $0.line == document.line && ByteKey($0.file.path) == ByteKey(file.path) }) else {
            return
        }
        let details = document.collected.details(of: mention)
        var digest = details.sha256?.lowercased()
        var address = details.address
        if let text = address, AddressForm(text) == .dataURL {
            // A cover may have megabytes, and a run many books.
            if digest == nil, let data = try? DataURL(AddressForm.trimmed(text).utf8, limit: .max) {
                digest = SHA256Digest(of: data.bytes).description
            }
            address = nil
        }
        claims[entity] =
            known + [
                Claim(file: file, line: document.line, assetID: details.assetID, sha256: digest, address: address)
            ]
    }

    /// The entities to which two documents give different pictures.
    /// - Parameter reader: one that keeps off the network.
    func contested(_ reader: AddressReader, _ catalog: Catalog?) async throws -> Set<Entity> {
        var contested: Set<Entity> = []
        for (entity, claims) in claims where claims.count > 1 {
            var pictures: Set<ByteKey> = []
            for claim in claims { pictures.insert(try await picture(of: claim, reader, catalog)) }
            if pictures.count > 1 { contested.insert(entity) }
        }
        return contested
    }

    /// Its digest as it is or will be stored, where that is known.
    private func picture(of claim: Claim, _ reader: AddressReader, _ catalog: Catalog?) async throws -> ByteKey {
        var digest = claim.sha256.flatMap(SHA256Digest.init)
        if digest == nil, let address = claim.address,
            case .content(let content) = await reader.read(address, in: claim.file)
        {
            digest = SHA256Digest(of: content.bytes)
        }
        let row = try catalog?.read { catalog -> Asset? in
            if let digest { return try catalog.asset(digest: digest) }
            if let address = claim.address, let row = try catalog.asset(sourceURL: address) { return row }
            if let address = claim.address, let row = try catalog.asset(remoteURL: address) { return row }
            return try claim.assetID.flatMap { try catalog.asset(id: $0) }
        }
        return (row?.sha256 ?? digest).map { ByteKey($0.description) } ?? claim.spelling
    }
}
