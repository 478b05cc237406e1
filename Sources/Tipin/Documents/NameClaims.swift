internal import TipinAssets
internal import TipinDocument

/// What files that hold one document, by its id, mean by the names that it gives to pictures: copies of it may have
/// gone different ways.
///
/// Of documents whose ids are their own, which nearly all are, no more is kept than a hash.
struct NameClaims: Sendable {
    private let settings: Settings
    private var seen: Set<Int> = []
    /// Documents that came before.
    private var repeated: Set<Int> = []

    init(_ settings: Settings) { self.settings = settings }

    mutating func add(_ document: LoadedDocument, of book: String, in file: DocumentFile) {
        guard document.collected.id != nil, !document.collected.mentions.isEmpty else { return }
        let key = key(document, of: book, in: file)
        if !seen.insert(key).inserted { repeated.insert(key) }
    }

    var isEmpty: Bool { repeated.isEmpty }

    /// What the documents that are there more than once say, once all are known.
    func claims(in loaded: LoadedFile, owners: OwnerBooks, into claims: inout PictureClaims<AssetAlias>) {
        for document in loaded.documents where document.collected.id != nil {
            guard let book = owners.owner(of: document.collected, at: loaded.file.path),
                repeated.contains(key(document, of: book, in: loaded.file))
            else { continue }
            let entries = ManifestEntries(of: document)
            for mention in document.collected.mentions {
                let details = document.collected.details(of: mention)
                guard let id = details.assetID, !AssetID.isDerived(id) else { continue }
                let told = entries.entry(id, for: mention)?.sha256
                if details.sha256 == nil, told == nil {
                    guard let address = details.address, !address.hasSameBytes(as: id) else { continue }
                    if case .dead = AddressForm(address) { continue }
                }
                let name = AssetAlias(
                    id: ByteKey(id), book: ByteKey(book),
                    document: ByteKey(document.catalogID(loaded.file, settings)))
                claims.add(mention, of: name, document, in: loaded.file, told: told)
            }
        }
    }

    private func key(_ document: LoadedDocument, of book: String, in file: DocumentFile) -> Int {
        var hasher = Hasher()
        hasher.combine(ByteKey(book))
        hasher.combine(ByteKey(document.catalogID(file, settings)))
        return hasher.finalize()
    }
}
