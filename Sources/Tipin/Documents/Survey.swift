internal import TipinDocument

/// What must be known of all documents before the first is worked on: which entities two documents give a cover
/// (RULES "Links"), and which documents are there more than once.
struct Survey: Sendable {
    private(set) var covers = PictureClaims<Entity>()
    private(set) var names: NameClaims
    /// Files kept in memory, so that a small set is read once.
    private var kept: [ByteKey: LoadedFile] = [:]
    private var keptBytes = 0
    private static let keepLimit = 16 << 20
    /// Bytes that a document takes besides its own; lines may be shorter than that.
    private static let documentSize = 1 << 10

    init(_ settings: Settings) { names = NameClaims(settings) }

    /// - Parameter isWhole: whether it is the whole file, not a piece of many lines.
    mutating func add(_ loaded: LoadedFile, owners: OwnerBooks, isWhole: Bool = true) {
        for document in loaded.documents {
            guard let book = owners.owner(of: document.collected, at: loaded.file.path) else { continue }
            names.add(document, of: book, in: loaded.file)
            for mention in document.collected.mentions where document.collected.role(of: mention) == .cover {
                let entity = document.collected.entity(of: mention) ?? Entity(type: .book, id: book)
                covers.add(mention, of: entity, document, in: loaded.file)
            }
        }
        let size = loaded.bytes.count + loaded.documents.count * Self.documentSize
        guard isWhole, keptBytes + size <= Self.keepLimit else { return }
        keptBytes += size
        kept[ByteKey(loaded.file.path)] = loaded
    }

    /// Gives a kept file away.
    mutating func take(_ file: DocumentFile) -> LoadedFile? { kept.removeValue(forKey: ByteKey(file.path)) }
}
