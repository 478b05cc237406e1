import TipinAssets
import TipinDocument
import TipinTestSupport

/// A catalog in a folder of its own, and rows for it.
struct TestCatalog {
    let folder: TemporaryFolder
    let catalog: Catalog
    let time = SetClock()

    init() throws {
        folder = try TemporaryFolder()
        catalog = try Catalog(path: folder.path + "/catalog.sqlite", mode: .create, clock: time.clock)
    }

    var path: String { catalog.path }

    /// Adds an asset whose digest is that of `name`, in a book.
    @discardableResult
    func add(_ name: String, book: String? = "b1", status: AssetStatus = .localOnly) throws -> Asset {
        try catalog.write { writer in
            let digest = SHA256Digest(of: Array(name.utf8))
            let asset = try writer.insert(
                NewAsset(id: name, sha256: digest, ext: "png", mime: "image/png", size: 7, status: status))
            if let book {
                try writer.addBook(
                    assetID: name, bookID: book, localPath: "books/\(book)/files/\(digest)/original.png")
            }
            return asset
        }
    }
}

extension CatalogWriter {
    /// Removes an asset that nothing needs, as clean-up does.
    func removeUnused(_ id: String) throws -> Bool {
        guard let asset = try reader.asset(id: id) else { return false }
        let unused = UnusedAsset(id: id, sha256: asset.sha256, size: asset.size, lastUse: nil)
        return try removeUnused(unused) == .removed
    }
}

extension Entity {
    static func book(_ id: String) -> Entity { Entity(type: .book, id: id) }
    static func character(_ id: String) -> Entity { Entity(type: .character, id: id) }
}
