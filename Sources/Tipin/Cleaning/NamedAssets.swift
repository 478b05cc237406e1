internal import TipinAssets
internal import TipinDocument

/// Everything by which the documents of a run may name assets.
///
/// Texts are kept as hashes, because there may be millions: should two ever have the same one, an asset is kept that
/// could have gone, and nothing goes that is named.
struct NamedAssets: Sendable {
    private var ids: Set<Int> = []
    private var addresses: Set<Int> = []
    private var digests: Set<SHA256Digest> = []
    /// Ids of the catalog's that are no words.
    private let otherIDs: TextSearch

    /// - Parameter ids: under which the catalog knows assets.
    init(knownAs ids: [String]) { otherIDs = TextSearch(ids.lazy.filter { !WordScanner.finds($0) }) }

    mutating func add(_ naming: Naming) {
        for id in naming.ids { ids.insert(Self.hash(id)) }
        for address in naming.addresses { addresses.insert(Self.hash(address)) }
        digests.formUnion(naming.digests)
    }

    /// Adds what stands anywhere in a text and could be an id or a digest: in nodes that nobody knows, in HTML, in JSON
    /// of other kinds.
    mutating func add(text: [UInt8]) {
        text.withUnsafeBufferPointer { text in
            WordScanner(text).forEachWord { word in
                ids.insert(Self.hash(word))
                // An address ends in it, or a path has it as a part.
                if word.count == 64, let digest = SHA256Digest(String(decoding: word, as: UTF8.self)) {
                    digests.insert(digest)
                }
            }
            otherIDs.forEachCandidate(in: text) { ids.insert(Self.hash($0)) }
        }
    }

    func contains(_ digest: SHA256Digest) -> Bool { digests.contains(digest) }

    /// Whether any document may name the asset, by any id, digest or address that the catalog knows of it.
    func mayName(_ id: String, _ digest: SHA256Digest, _ catalog: CatalogReader) throws -> Bool {
        if digests.contains(digest) || ids.contains(Self.hash(id)) { return true }
        if try catalog.sourceDigests(of: id).contains(where: digests.contains) { return true }
        if try catalog.aliases(of: id).contains(where: { ids.contains(Self.hash($0.id)) }) { return true }
        return try (catalog.remoteURLs(of: id) + catalog.sourceURLs(of: id)).contains {
            addresses.contains(Self.hash($0))
        }
    }

    /// Whether any document may name an asset in quarantine, by anything that was written down of it.
    func mayName(_ asset: ExpiredAsset) -> Bool {
        asset.digests.contains(where: digests.contains) || asset.ids.contains { ids.contains(Self.hash($0)) }
            || asset.sourceURLs.contains { addresses.contains(Self.hash($0)) }
    }

    static func hash(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { hash($0) }
    }

    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return hasher.finalize()
    }
}
