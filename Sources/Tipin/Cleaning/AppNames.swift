internal import TipinAssets

/// Which of some assets the app's own tables name by id or digest, as a value of its own or anywhere in a text.
///
/// Texts are kept as hashes: should two ever have the same one, an asset is kept that could have gone.
struct AppNames {
    private var wanted: (ids: Set<Int>, digests: Set<SHA256Digest>)
    private var found: (ids: Set<Int>, digests: Set<SHA256Digest>) = ([], [])
    /// Where one of them is named.
    private(set) var columns: [CatalogReader.AppColumn] = []

    init(of assets: [(id: String, sha256: SHA256Digest)], _ reader: CatalogReader) throws {
        wanted = (Set(assets.map { NamedAssets.hash($0.id) }), Set(assets.map(\.sha256)))
        guard !assets.isEmpty else { return }
        // A row that names itself needs nothing of itself.
        let own = Dictionary(assets.map { ($0.id, $0.sha256) }) { first, _ in first }
        try reader.forEachAppText { place, row, text in
            let isFound = look(at: text, except: row.flatMap { id in own[id].map { (NamedAssets.hash(id), $0) } })
            if isFound, columns.last != place, !columns.contains(place) { columns.append(place) }
        }
    }

    func contain(_ id: String, _ digest: SHA256Digest) -> Bool {
        found.ids.contains(NamedAssets.hash(id)) || found.digests.contains(digest)
    }

    /// - Returns: whether one of them is named.
    private mutating func look(at text: WordScanner.Text, except own: (id: Int, digest: SHA256Digest)?) -> Bool {
        // An id may have any length and any characters.
        var isFound = text.count <= 1024 && take(NamedAssets.hash(text), except: own?.id)
        WordScanner(text).forEachWord { word in
            if take(NamedAssets.hash(word), except: own?.id) { isFound = true }
            guard word.count == 64, let digest = SHA256Digest(String(decoding: word, as: UTF8.self)),
                wanted.digests.contains(digest), digest != own?.digest
            else { return }
            found.digests.insert(digest)
            isFound = true
        }
        return isFound
    }

    private mutating func take(_ id: Int, except own: Int?) -> Bool {
        guard wanted.ids.contains(id), id != own else { return false }
        found.ids.insert(id)
        return true
    }
}
