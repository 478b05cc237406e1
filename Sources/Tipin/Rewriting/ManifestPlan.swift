internal import TipinDocument
internal import TipinJSON

/// The manifests of one document, each brought up to date where it stands; -1 is the place of the file beside it.
struct ManifestPlan {
    private var inside: [ManifestUpdate]
    private var beside: ManifestUpdate
    /// An id by which two pictures were to be called: then nothing may be written, or one of them would be lost.
    private(set) var contradictoryID: String?

    /// - Parameters:
    ///   - sidecar: the bytes of the file beside the document; `nil` where there is none.
    ///   - style: the document's.
    init(_ document: CollectedDocument, sidecar: [UInt8]?, style: LayoutStyle) {
        inside = document.manifests.map { ManifestUpdate(in: document, at: $0, style: style) }
        beside = ManifestUpdate(file: sidecar)
    }

    mutating func add(_ members: AssetMembers, at place: Int32) {
        let agrees = place < 0 ? beside.add(members) : inside[Int(place)].add(members)
        if !agrees { contradictoryID = members.assetID }
    }

    /// The edits in the document.
    /// - Parameters:
    ///   - used: the ids that it names: entries of all others go; `nil` keeps them all.
    ///   - dropped: the keys that go in any case, by place.
    func edits(keeping used: Set<ByteKey>?, dropping dropped: [Int32: Set<ByteKey>]) -> [Edit] {
        inside.enumerated().flatMap { place, update in
            update.edits(keeping: used, dropping: dropped[Int32(place)] ?? [])
        }
    }

    /// The file beside it as it should be; `nil` where it stays.
    /// - Parameters: as of `edits`.
    func sidecar(keeping used: Set<ByteKey>?, dropping dropped: [Int32: Set<ByteKey>]) -> [UInt8]? {
        beside.file(keeping: used, dropping: dropped[-1] ?? [])
    }
}
