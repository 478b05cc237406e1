internal import TipinAssets

/// Which of some assets the app's own tables name by id or digest, as a value of its own or anywhere in a text.
///
/// Texts are kept as hashes: should two ever have the same one, an asset is kept that could have gone.
struct AppNames {
    private let wanted: (ids: Set<Int>, digests: Set<SHA256Digest>)
    /// The ids that a column for numbers keeps as numbers.
    private let numbers: [Int: [Int]]
    private let search: TextSearch
    private var found: (ids: Set<Int>, digests: Set<SHA256Digest>) = ([], [])
    private static let lengthOfUUID = 36
    /// Where one of them is named.
    private(set) var columns: [CatalogReader.AppColumn] = []

    init(of assets: [(id: String, sha256: SHA256Digest)], _ reader: CatalogReader) throws {
        wanted = (Set(assets.map { NamedAssets.hash($0.id) }), Set(assets.map(\.sha256)))
        numbers = Dictionary(grouping: assets.map(\.id).filter { Int($0) != nil }) { Int($0) ?? 0 }
            .mapValues { $0.map { NamedAssets.hash($0) } }
        search = TextSearch(assets.lazy.map(\.id))
        guard !assets.isEmpty else { return }
        // A row that names itself needs nothing of itself.
        let own = Dictionary(assets.map { ($0.id, $0.sha256) }) { first, _ in first }
        try reader.forEachAppValue { place, row, value in
            let itself = row.flatMap { id in own[id].map { (NamedAssets.hash(id), $0) } }
            let isFound =
                switch value {
                case .text(let text): look(at: text, except: itself)
                case .number(let number): look(at: number, except: itself?.0)
                }
            if isFound, columns.last != place, !columns.contains(place) { columns.append(place) }
        }
    }

    func contain(_ id: String, _ digest: SHA256Digest) -> Bool {
        found.ids.contains(NamedAssets.hash(id)) || found.digests.contains(digest)
    }

    /// - Returns: whether one of them is named.
    private mutating func look(at text: TextSearch.Text, except own: (id: Int, digest: SHA256Digest)?) -> Bool {
        // What is empty stands nowhere in a text, and is a value all the same.
        var isFound = text.isEmpty && take(NamedAssets.hash(text), except: own?.id)
        search.forEachCandidate(in: text) { candidate in
            if take(NamedAssets.hash(candidate), except: own?.id) { isFound = true }
        }
        WordScanner(text).forEachWord { word in
            if word.count == Self.lengthOfUUID {
                // Foundation writes a UUID in capitals.
                let id = NamedAssets.hash(String(decoding: word, as: UTF8.self).lowercased())
                if take(id, except: own?.id) { isFound = true }
            }
            guard word.count == 64, let digest = SHA256Digest(String(decoding: word, as: UTF8.self)),
                wanted.digests.contains(digest), digest != own?.digest
            else { return }
            found.digests.insert(digest)
            isFound = true
        }
        return isFound
    }

    private mutating func look(at number: Int, except own: Int?) -> Bool {
        // Each is taken, whether one before it was or not.
        (numbers[number] ?? []).reduce(false) { isFound, id in take(id, except: own) || isFound }
    }

    private mutating func take(_ id: Int, except own: Int?) -> Bool {
        guard wanted.ids.contains(id), id != own else { return false }
        found.ids.insert(id)
        return true
    }
}
