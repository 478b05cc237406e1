internal import TipinAssets

extension AssetService {
    /// Makes the thumbnails that an asset lacks, beside its bytes (PRD 6, 12); each once, and again where its file is
    /// not what it was.
    /// - Parameters:
    ///   - sizes: the longer sides in pixels, from 16 to 2048.
    ///   - bookID: the book in whose folder they are to stand; the owner's where `nil`.
    /// - Returns: all of them, in the order of the sizes; none for what is no picture.
    /// - Throws: `TipinError` with `image-damaged`, `image-too-large`, `blob-missing` and others.
    public func makeThumbnails(
        of assetID: String, sizes: [Int] = [256, 1024], bookID: String? = nil
    ) async throws -> [AssetThumbnail] {
        try await TipinError.rethrowingAsync {
            let asset = try asset(assetID)
            let book = try book(of: asset, bookID)
            let sizes = sizes.filter(Thumbnail.allowedSizes.contains)
            let all = try await importer().makeThumbnails(sizes, of: asset, book: book).all
            return try all.map { try shown($0, asset, book) }
        }
    }

    /// The thumbnail of a size; `nil` where there is none whose bytes are whole. `makeThumbnails` makes it then.
    public func thumbnail(of assetID: String, size: Int, bookID: String? = nil) throws -> AssetThumbnail? {
        try TipinError.rethrowing {
            let asset = try asset(assetID)
            let book = try book(of: asset, bookID)
            let known = try catalog().read { try $0.thumbnails(of: asset.id) }.first { $0.size == size }
            guard let known, let blobs = store.workspace.blobs,
                try blobs.thumbnailBytes(known, of: asset.sha256, book: book) != nil
            else { return nil }
            return try shown(known, asset, book)
        }
    }

    private func book(of asset: Asset, _ bookID: String?) throws -> String {
        guard let book = try bookID ?? catalog().read({ try $0.ownerBook(of: asset.id) }) else {
            throw ImportError.noBook
        }
        return book
    }

    private func shown(_ thumbnail: Thumbnail, _ asset: Asset, _ book: String) throws -> AssetThumbnail {
        guard let blobs = store.workspace.blobs else { throw RunError.usage(Self.readOnly) }
        let path = try blobs.thumbnailPath(thumbnail, of: asset.sha256, book: book)
        return AssetThumbnail(thumbnail, path: blobs.absolutePath(of: path))
    }
}
