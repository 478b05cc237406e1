internal import TipinDocument

/// What the FileRefs of a document tell of ids, for its nodes that have no more than the id.
struct OwnReferences {
    private var assets: [ByteKey: ToldAsset] = [:]
    private var ambiguous: Set<ByteKey> = []

    init(of document: CollectedDocument) {
        for mention in document.mentions where mention.site != .node {
            guard var told = AssetLookup.told(by: mention, document.details(of: mention)) else { continue }
            // A node has a role by its own place.
            told.role = nil
            let id = ByteKey(told.id)
            if let other = assets[id] {
                if other.sha256 != told.sha256 { ambiguous.insert(id) }
            } else {
                assets[id] = told
            }
        }
    }

    func asset(_ id: String) -> ToldAsset? { assets.isEmpty ? nil : assets[ByteKey(id)] }

    /// Whether two FileRefs tell of different pictures under one id.
    func isAmbiguous(_ id: String) -> Bool { !ambiguous.isEmpty && ambiguous.contains(ByteKey(id)) }
}
