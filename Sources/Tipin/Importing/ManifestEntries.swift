internal import TipinAssets
package import TipinDocument
internal import TipinJSON

/// The manifests of one document, ready for looking up.
package struct ManifestEntries: Sendable {
    private let bytes: [UInt8]
    /// By the place of the manifest.
    private var inside: [Int32: ManifestIndex] = [:]
    /// Places where something else stands than a manifest.
    private var foreign: Set<Int32> = []
    /// Of the file beside the document.
    private let beside: [ByteKey: Manifest.Entry]
    /// Whether that file is there and cannot be used.
    let lacksFile: Bool

    package init(of document: LoadedDocument) {
        let collected = document.collected
        bytes = collected.bytes
        lacksFile = document.lacksManifestFile
        beside = Dictionary(
            (document.sidecar?.entries ?? []).map { (ByteKey($0.key), $0) }, uniquingKeysWith: { $1 })
        bytes.withUnsafeBufferPointer { text in
            for (index, place) in collected.manifests.enumerated() where place.value.isPresent {
                guard !place.isForeign else {
                    foreign.insert(Int32(index))
                    continue
                }
                let start = Int(place.value.start)
                guard text[start] == UInt8(ascii: "{") else { continue }
                inside[Int32(index)] = ManifestIndex(text, objectAt: start)
            }
        }
    }

    /// Whether the `fileRefs` beside the mention tells nothing, because it is no manifest.
    func isForeign(for mention: Mention) -> Bool { foreign.contains(mention.manifest) }

    package func entry(_ key: String, for mention: Mention) -> Manifest.Entry? {
        if let manifest = inside[mention.manifest],
            let entry = bytes.withUnsafeBufferPointer({ manifest.entry(key, in: $0) })
        {
            return entry
        }
        return beside[ByteKey(key)]
    }

    /// All entries, each with its place; -1 is the file beside the document.
    package var all: [(place: Int32, entry: Manifest.Entry)] {
        var all: [(place: Int32, entry: Manifest.Entry)] = beside.values.map { (-1, $0) }
        bytes.withUnsafeBufferPointer { text in
            for (place, manifest) in inside { all += manifest.entries(in: text).map { (place, $0) } }
        }
        return all.sorted { ($0.place, ByteKey($0.entry.key)) < ($1.place, ByteKey($1.entry.key)) }
    }

    /// Of all entries.
    var keys: Set<ByteKey> {
        bytes.withUnsafeBufferPointer { text in
            inside.values.reduce(into: Set(beside.keys)) { keys, manifest in
                for key in manifest.keys(in: text) { keys.insert(ByteKey(key)) }
            }
        }
    }

    /// What the entry tells of that a mention names by its id.
    func digest(for mention: Mention, saying details: MentionDetails) -> SHA256Digest? {
        details.assetID.flatMap { entry($0, for: mention) }.flatMap { SHA256Digest($0.sha256) }
    }
}
