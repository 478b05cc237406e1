internal import TipinDocument

/// What must be known of all documents before the first is worked on: which entities two documents give a cover
/// (RULES "Links").
struct Survey: Sendable {
    private(set) var covers = CoverClaims()
    /// Files kept in memory, so that a small set is read once.
    private var kept: [ByteKey: LoadedFile] = [:]
    private var keptBytes = 0
    private static let keepLimit = 16 << 20

    mutating func add(_ loaded: LoadedFile, owners: OwnerBooks) {
        for document in loaded.documents {
            guard let book = owners.owner(of: document.collected, at: loaded.file.path) else { continue }
            for mention in document.collected.mentions where document.collected.role(of: mention) == .cover {
                let entity = document.collected.entity(of: mention) ?? Entity(type: .book, id: book)
                covers.add(mention, of: entity, document, in: loaded.file)
            }
        }
        guard keptBytes + loaded.bytes.count <= Self.keepLimit else { return }
        keptBytes += loaded.bytes.count
        kept[ByteKey(loaded.file.path)] = loaded
    }

    /// Gives a kept file away.
    mutating func take(_ file: DocumentFile) -> LoadedFile? { kept.removeValue(forKey: ByteKey(file.path)) }
}
