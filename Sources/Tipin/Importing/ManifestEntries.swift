internal import TipinAssets
package import TipinDocument
internal import TipinJSON

/// The manifests of one document, ready for looking up.
package struct ManifestEntries: Sendable {
    private var byPlace: [Int32: [ByteKey: Manifest.Entry]] = [:]

    package init(of document: LoadedDocument) {
        let collected = document.collected
        collected.bytes.withUnsafeBufferPointer { text in
            for (index, place) in collected.manifests.enumerated() where place.value.isPresent && !place.isForeign {
                let value = UnsafeBufferPointer(rebasing: text[place.value.range])
                guard value.first == UInt8(ascii: "{"), let entries = Manifest.entries(of: value) else { continue }
                byPlace[Int32(index)] = Self.byKey(entries)
            }
        }
        byPlace[-1] = Self.byKey(document.sidecar?.entries ?? [])
    }

    package func entry(_ key: String, for mention: Mention) -> Manifest.Entry? {
        byPlace[mention.manifest]?[ByteKey(key)] ?? (mention.manifest >= 0 ? byPlace[-1]?[ByteKey(key)] : nil)
    }

    /// All entries, each with its place.
    package var all: [(place: Int32, entry: Manifest.Entry)] {
        byPlace.sorted { $0.key < $1.key }
            .flatMap { place, entries in entries.sorted { $0.key < $1.key }.map { (place, $0.value) } }
    }

    /// Of all entries.
    var keys: Set<ByteKey> { byPlace.values.reduce(into: []) { keys, entries in keys.formUnion(entries.keys) } }

    /// What the entries tell of that some mentions name by their ids.
    func digests(for mentions: some Sequence<Mention>, saying details: [MentionDetails]) -> [SHA256Digest] {
        zip(mentions, details).compactMap { mention, details in
            details.assetID.flatMap { entry($0, for: mention) }.flatMap { SHA256Digest($0.sha256) }
        }
    }

    /// What the entries tell of.
    var digests: [SHA256Digest] {
        byPlace.values.flatMap { entries in entries.values.compactMap { SHA256Digest($0.sha256) } }
    }

    private static func byKey(_ entries: [Manifest.Entry]) -> [ByteKey: Manifest.Entry] {
        Dictionary(entries.map { (ByteKey($0.key), $0) }, uniquingKeysWith: { $1 })
    }
}
