internal import TipinDocument

/// The manifest entries of one document by the place where they belong; -1 is the file beside it.
struct ManifestPlan {
    private var entriesByPlace: [Int32: [AssetMembers]] = [:]
    private var digests: [Key: String] = [:]
    /// An id by which two pictures were to be called: then nothing may be written, or one of them would be lost.
    private(set) var contradictoryID: String?

    private struct Key: Hashable {
        var place: Int32
        var id: ByteKey
    }

    mutating func add(_ members: AssetMembers, at place: Int32) {
        let key = Key(place: place, id: ByteKey(members.assetID))
        if let digest = digests[key] {
            if digest != members.sha256 { contradictoryID = members.assetID }
            return
        }
        digests[key] = members.sha256
        entriesByPlace[place, default: []].append(members)
    }

    func entries(at place: Int32) -> [AssetMembers]? { entriesByPlace[place] }
}
