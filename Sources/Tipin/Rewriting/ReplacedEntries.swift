internal import TipinAssets
internal import TipinDocument

/// Entries of a manifest whose asset was replaced: they go once the document shows the successor and names the old one
/// no more. They hold its public address, and it may have been replaced for what its bytes tell.
struct ReplacedEntries: Sendable {
    /// `nil` where there is none, and where nothing was ever replaced: then nothing of this needs to be looked at.
    private let catalog: Catalog?

    init(catalog: Catalog?) {
        // Of a catalog that cannot be asked nothing is removed.
        let hasReplacements = (try? catalog?.read { try $0.hasReplacements() }) ?? false
        self.catalog = hasReplacements ? catalog : nil
    }

    /// What a document names is gathered in it; `nil` where nobody asks for it.
    var standing: Standing? { catalog == nil ? nil : Standing() }

    /// What a document names once it is rewritten.
    struct Standing {
        fileprivate var shown: Set<String> = []
        fileprivate var ids: Set<ByteKey> = []
        fileprivate var addresses: Set<ByteKey> = []
        /// Addresses as text, for the digests in their paths.
        fileprivate var texts: [String] = []

        /// A mention that stays as it is.
        mutating func add(_ details: MentionDetails) {
            add(id: details.assetID)
            add(address: details.address)
            add(address: details.remoteURL)
        }

        /// A mention that will say what is known of its asset.
        mutating func add(_ asset: ResolvedAsset, _ details: MentionDetails, _ members: AssetMembers) {
            if let row = asset.row { shown.insert(row.id) }
            add(id: members.assetID)
            if !members.replacesIdentity { add(id: details.assetID) }
            switch members.address {
            case .keep: add(address: details.address)
            case .set(let url): add(address: url)
            case .remove: break
            }
        }

        private mutating func add(id: String?) {
            if let id { ids.insert(ByteKey(id)) }
        }

        private mutating func add(address: String?) {
            guard let address else { return }
            // An address may be the very id of an entry.
            ids.insert(ByteKey(address))
            addresses.insert(ByteKey(AssetLookup.normalized(address)))
            texts.append(address)
        }

        fileprivate func names(_ entry: Manifest.Entry) -> Bool {
            ids.contains(ByteKey(entry.key))
                || entry.remoteURL.map { addresses.contains(ByteKey(AssetLookup.normalized($0))) } ?? false
                || texts.contains { $0.contains(entry.sha256) }
        }
    }

    /// - Returns: the keys of the entries that go, by the place of their manifest.
    func keys(in work: WorkDocument, _ standing: Standing?) -> [Int32: Set<ByteKey>] {
        // What is not followed may name any of them.
        guard let catalog, let standing, !standing.shown.isEmpty, work.loaded.collected.isFollowed
        else { return [:] }
        var keys: [Int32: Set<ByteKey>] = [:]
        for (place, entry) in ManifestEntries(of: work.loaded).all where !standing.names(entry) {
            // An entry of which the catalog cannot be asked stays.
            guard let digest = SHA256Digest(entry.sha256),
                let new = try? catalog.read({ try $0.successor(of: digest, inBook: work.book) }),
                standing.shown.contains(new.id)
            else { continue }
            keys[place, default: []].insert(ByteKey(entry.key))
        }
        return keys
    }
}
