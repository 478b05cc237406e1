internal import TipinAssets
internal import TipinDiagnostics
internal import TipinSync

/// Finds out whether the configured remote has what the catalog says it has.
struct CopiesAtRemote: Sendable {
    private let catalog: Catalog
    private let remote: (any Remote)?
    private let usesNetwork: Bool
    private let comparesBytes: Bool

    /// - Parameters:
    ///   - usesNetwork: whether it is asked; a folder is looked at all the same.
    ///   - comparesBytes: whether each copy is read and compared, because no other will be left.
    init(_ catalog: Catalog, _ remote: (any Remote)?, usesNetwork: Bool, comparesBytes: Bool = false) {
        self.comparesBytes = comparesBytes
        self.catalog = catalog
        self.remote = remote
        self.usesNetwork = usesNetwork
    }

    enum Answer: Sendable {
        case asked(Findings)
        /// It was not asked, because that takes the network.
        case unasked
        /// The catalog knows of no copy there that can be asked for.
        case none
    }

    /// What it says of the copies of all books.
    struct Findings: Sendable {
        /// Whether it has the bytes, for one book at least.
        var hasSome = false
        var gone: [Gone] = []
        /// Why a copy could not be asked for.
        var failure: RemoteError?

        /// Whether it has the bytes for no book.
        var areGone: Bool { !hasSome && failure == nil }
    }

    /// A copy that is not there.
    struct Gone: Sendable {
        var key: UploadKey
        /// Why, in words.
        var words: String
    }

    func ask(for asset: Asset) async throws -> Answer {
        guard let remote else { return .none }
        let copies = try catalog.read { try Self.copies(of: asset, remote, $0) }
        guard !copies.isEmpty else { return .none }
        guard usesNetwork || remote.name.isFolder else { return .unasked }
        var findings = Findings()
        for (key, copy) in copies {
            let presence = await presence(of: copy, asset, at: remote)
            switch presence {
            case .present: findings.hasSome = true
            case .unknown(let error): findings.failure = error
            case .missing, .different:
                findings.gone.append(Gone(key: key, words: presence.absence(at: copy.url) ?? ""))
            }
        }
        return .asked(findings)
    }

    private func presence(of copy: CopyAtRemote, _ asset: Asset, at remote: any Remote) async -> RemotePresence {
        let digest = asset.sha256.description
        return comparesBytes
            ? await remote.comparison(of: copy.url, id: copy.id, sha256: digest, size: asset.knownSize)
            : await remote.presence(of: copy.url, id: copy.id, sha256: digest, size: asset.knownSize)
    }

    private static func copies(
        of asset: Asset, _ remote: any Remote, _ reader: CatalogReader
    ) throws -> [(key: UploadKey, copy: CopyAtRemote)] {
        let books = try reader.books(of: asset.id) + reader.uploads(of: asset.id).map(\.key.bookID)
        var seen: Set<UploadKey> = []
        return try books.compactMap { book in
            let key = UploadKey(assetID: asset.id, bookID: book, remote: remote.name.rawValue)
            guard seen.insert(key).inserted else { return nil }
            let copy = try CopyAtRemote.find(of: asset, book: book, remote: remote, reader)
            return copy.flatMap { remote.owns($0.url) ? (key, $0) : nil }
        }
    }

    /// Makes copies that are gone wait to be sent again. Their addresses go on naming the asset.
    func forget(_ gone: [Gone]) throws {
        try catalog.write { writer in
            for copy in gone { try writer.resetToPending(copy.key) }
        }
    }
}
