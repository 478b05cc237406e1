internal import TipinDocument

/// What must be known of all documents before the first is worked on: which entities two documents give a cover
/// (RULES "Links").
struct Survey: Sendable {
    /// Entities whose cover more than one document names.
    private(set) var contestedCovers: Set<Entity> = []
    /// Files kept in memory, so that a small set is read once.
    private(set) var kept: [String: LoadedFile] = [:]
    private var claims: [Entity: String] = [:]
    private var keptBytes = 0
    private static let keepLimit = 64 << 20

    mutating func add(_ loaded: LoadedFile, owners: OwnerBooks) {
        for document in loaded.documents {
            guard let book = owners.owner(of: document.collected, at: loaded.file.path) else { continue }
            let name = document.catalogID(loaded.file)
            for mention in document.collected.mentions where document.collected.role(of: mention) == .cover {
                let entity = document.collected.entity(of: mention) ?? Entity(type: .book, id: book)
                if let other = claims[entity], other != name { contestedCovers.insert(entity) }
                claims[entity] = name
            }
        }
        guard keptBytes + loaded.bytes.count <= Self.keepLimit else { return }
        keptBytes += loaded.bytes.count
        kept[loaded.file.path] = loaded
    }

    /// Gives a kept file away.
    mutating func take(_ file: DocumentFile) -> LoadedFile? { kept.removeValue(forKey: file.path) }
}
