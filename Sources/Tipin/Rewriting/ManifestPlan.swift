internal import TipinDocument

/// The manifest entries of one document by the place where they belong; -1 is the file beside it.
struct ManifestPlan {
    private var order: [Int32] = []
    private var entriesByPlace: [Int32: [AssetMembers]] = [:]
    private var known: Set<Key> = []

    private struct Key: Hashable {
        var place: Int32
        var id: String
    }

    mutating func add(_ members: AssetMembers, at place: Int32) {
        guard known.insert(Key(place: place, id: members.assetID)).inserted else { return }
        if entriesByPlace[place] == nil { order.append(place) }
        entriesByPlace[place, default: []].append(members)
    }

    var places: [(Int32, [AssetMembers])] { order.map { ($0, entriesByPlace[$0] ?? []) } }

    func entries(at place: Int32) -> [AssetMembers]? { entriesByPlace[place] }
}
