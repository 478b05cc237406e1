internal import TipinAssets

/// Which of some assets the app's own tables name by id or digest, as a value of its own or anywhere in a text or in
/// bytes.
///
/// Texts are kept as hashes: should two ever have the same one, an asset is kept that could have gone.
struct AppNames {
    private let wanted: Set<Int>
    /// The ids that a column for numbers keeps as numbers.
    private let numbers: [Int: [Int]]
    private let search: TextSearch
    private let binarySearch: BinaryNameSearch
    private var found: (ids: Set<Int>, binaryNames: Set<UInt128>) = ([], [])
    /// Where one of them is named.
    private(set) var columns: [CatalogReader.AppColumn] = []

    /// The names of an asset that a row of its own has.
    private struct OwnNames {
        var id: Int
        var binaryNames: [UInt128]

        init(_ id: String, _ digest: SHA256Digest) {
            (self.id, binaryNames) = (NamedAssets.hash(id), AppNames.binaryNames(of: id, digest))
        }
    }

    init(of assets: [(id: String, sha256: SHA256Digest)], _ reader: CatalogReader) throws {
        wanted = Set(assets.map { NamedAssets.hash($0.id) })
        numbers = Dictionary(grouping: assets.map(\.id).filter { Int($0) != nil }) { Int($0) ?? 0 }
            .mapValues { $0.map { NamedAssets.hash($0) } }
        search = TextSearch(assets.lazy.map(\.id))
        binarySearch = BinaryNameSearch(Set(assets.lazy.flatMap { Self.binaryNames(of: $0.id, $0.sha256) }))
        guard !assets.isEmpty else { return }
        // A row that names itself needs nothing of itself.
        let own = Dictionary(assets.map { ($0.id, $0.sha256) }) { first, _ in first }
        try reader.forEachAppValue { place, row, value in
            let itself = row.flatMap { id in own[id].map { OwnNames(id, $0) } }
            let isFound =
                switch value {
                case .text(let text): look(atText: text, except: itself)
                case .bytes(let bytes): look(atBytes: bytes, except: itself)
                case .number(let number): look(at: number, except: itself)
                }
            if isFound, columns.last != place, !columns.contains(place) { columns.append(place) }
        }
    }

    func contain(_ id: String, _ digest: SHA256Digest) -> Bool {
        found.ids.contains(NamedAssets.hash(id))
            || Self.binaryNames(of: id, digest).contains(where: found.binaryNames.contains)
    }

    private static func binaryNames(of id: String, _ digest: SHA256Digest) -> [UInt128] {
        [BinaryNameSearch.name(ofUUID: id), BinaryNameSearch.name(of: digest)].compactMap { $0 }
    }

    /// - Returns: whether one of them is named.
    private mutating func look(atText text: TextSearch.Text, except own: OwnNames?) -> Bool {
        // What is empty stands nowhere in a text, and is a value all the same.
        var isFound = text.isEmpty && take(NamedAssets.hash(text), except: own)
        search.forEachCandidate(in: text) { candidate in
            if take(NamedAssets.hash(candidate), except: own) { isFound = true }
        }
        binarySearch.forEachName(inDigitsOf: text) { name in
            if take(name, except: own) { isFound = true }
        }
        return isFound
    }

    /// Bytes may be a text, too.
    private mutating func look(atBytes bytes: TextSearch.Text, except own: OwnNames?) -> Bool {
        var isFound = look(atText: bytes, except: own)
        binarySearch.forEachName(inBytes: bytes) { name in
            if take(name, except: own) { isFound = true }
        }
        return isFound
    }

    private mutating func look(at number: Int, except own: OwnNames?) -> Bool {
        // Each is taken, whether one before it was or not.
        (numbers[number] ?? []).reduce(false) { isFound, id in take(id, except: own) || isFound }
    }

    private mutating func take(_ id: Int, except own: OwnNames?) -> Bool {
        guard wanted.contains(id), id != own?.id else { return false }
        found.ids.insert(id)
        return true
    }

    private mutating func take(_ name: UInt128, except own: OwnNames?) -> Bool {
        guard own?.binaryNames.contains(name) != true else { return false }
        found.binaryNames.insert(name)
        return true
    }
}
