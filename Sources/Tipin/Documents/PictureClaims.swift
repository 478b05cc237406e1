internal import TipinAssets
internal import TipinDocument

/// What the documents of a run say of something that can have one picture only: an entity's cover, a name. Different
/// pictures contradict each other; different ways to one picture do not, so that a run after the documents were
/// rewritten says the same.
struct PictureClaims<Subject: Hashable & Sendable>: Sendable {
    private var claims: [Subject: [Claim]] = [:]
    /// The documents that have said something of a subject.
    private var heard: [Subject: Set<Speaker>] = [:]

    private struct Speaker: Hashable {
        let path: ByteKey
        let line: Int?
    }

    private struct Claim: Sendable {
        let file: DocumentFile
        let assetID: String?
        let sha256: String?
        /// `nil` for a `data:` URL: what it holds is kept as its digest.
        let address: String?

        /// What can be told of the picture without looking anywhere.
        var spelling: ByteKey { ByteKey(sha256 ?? address ?? assetID ?? "") }

        /// Whether it is the name of a file.
        var isFile: Bool {
            guard let address, sha256 == nil, case .localFile = AddressForm(address) else { return false }
            return true
        }
    }

    /// Two files may be copies of one document: paths tell them apart. Of several mentions in one document the first
    /// counts.
    /// - Parameter told: the picture's digest, where the document tells it elsewhere.
    mutating func add(
        _ mention: Mention, of subject: Subject, _ document: LoadedDocument, in file: DocumentFile, told: String? = nil
    ) {
        let speaker = Speaker(path: ByteKey(file.path), line: document.line)
        guard heard[subject, default: []].insert(speaker).inserted else { return }
        let details = document.collected.details(of: mention)
        var digest = (details.sha256 ?? told)?.lowercased()
        var address = details.address
        if let text = address, AddressForm(text) == .dataURL {
            // One may have megabytes, and a run many of them.
            if digest == nil, let data = try? DataURL(AddressForm.trimmed(text).utf8, limit: .max) {
                digest = SHA256Digest(of: data.bytes).description
            }
            address = nil
        }
        claims[subject, default: []].append(
            Claim(file: file, assetID: details.assetID, sha256: digest, address: address))
    }

    /// The subjects to which two documents give different pictures, each with the files that do.
    /// - Parameters:
    ///   - reader: one that keeps off the network.
    ///   - ignoresLost: whether a file that is not there says nothing.
    func contested(
        _ reader: AddressReader, _ catalog: Catalog?, ignoresLost: Bool = false
    ) async throws -> [Subject: [DocumentFile]] {
        var contested: [Subject: [DocumentFile]] = [:]
        for (subject, claims) in claims where Set(claims.map(\.spelling)).count > 1 {
            var pictures: Set<ByteKey> = []
            for claim in claims {
                let picture = try await picture(of: claim, reader, catalog)
                if picture == nil, ignoresLost, claim.isFile { continue }
                pictures.insert(picture ?? claim.spelling)
            }
            if pictures.count > 1 { contested[subject] = claims.map(\.file) }
        }
        return contested
    }

    /// Its digest as it is or will be stored, where that is known.
    private func picture(of claim: Claim, _ reader: AddressReader, _ catalog: Catalog?) async throws -> ByteKey? {
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
        return (row?.sha256 ?? digest).map { ByteKey($0.description) }
    }
}
