internal import TipinDocument

/// What must be known of all documents before the first is worked on: which entities two documents give a cover
/// (RULES "Links").
struct Survey: Sendable {
    /// Entities whose cover more than one document names.
    private(set) var contestedCovers: Set<Entity> = []
    /// Files kept in memory, so that a small set is read once.
    private var kept: [[UInt8]: LoadedFile] = [:]
    private var claims: [Entity: Claim] = [:]
    private var keptBytes = 0
    private static let keepLimit = 64 << 20

    mutating func add(_ loaded: LoadedFile, owners: OwnerBooks) {
        for document in loaded.documents {
            guard let book = owners.owner(of: document.collected, at: loaded.file.path) else { continue }
            for mention in document.collected.mentions where document.collected.role(of: mention) == .cover {
                let entity = document.collected.entity(of: mention) ?? Entity(type: .book, id: book)
                let claim = Claim(mention, of: document, in: loaded.file)
                if let other = claims[entity], other.contradicts(claim) { contestedCovers.insert(entity) }
                claims[entity] = claim
            }
        }
        guard keptBytes + loaded.bytes.count <= Self.keepLimit else { return }
        keptBytes += loaded.bytes.count
        kept[Array(loaded.file.path.utf8)] = loaded
    }

    /// What one document says of an entity's cover. Two files may be copies of one document: paths tell them apart.
    private struct Claim: Sendable {
        let path: String
        let line: Int?
        /// Equal ones are surely of one picture.
        let picture: String

        init(_ mention: Mention, of document: LoadedDocument, in file: DocumentFile) {
            path = file.path
            line = document.line
            let details = document.collected.details(of: mention)
            let address = details.address ?? ""
            switch AddressForm(address) {
            case .localFile: picture = details.sha256 ?? Paths.absolute(address, relativeTo: Paths.parent(of: path))
            default: picture = details.sha256 ?? details.assetID ?? address
            }
        }

        func contradicts(_ other: Claim) -> Bool {
            (path, line) != (other.path, other.line) && picture != other.picture
        }
    }

    /// Gives a kept file away.
    mutating func take(_ file: DocumentFile) -> LoadedFile? { kept.removeValue(forKey: Array(file.path.utf8)) }
}
