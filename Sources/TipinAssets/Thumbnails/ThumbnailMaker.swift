internal import TipinFiles
internal import TipinImageMessages

/// Makes the thumbnails that a blob lacks, once, beside it.
struct ThumbnailMaker: Sendable {
    let catalog: Catalog
    let store: BlobStore
    let images: any ThumbnailDrawing

    /// - Parameters:
    ///   - digest: of the blob, which stands in the book's folder.
    ///   - bytes: the blob's, where somebody has them at hand.
    /// - Returns: what was made or given to this book, in the order of the sizes; nothing where all of it stands whole.
    /// - Throws: `ImageError`, `BlobError`, `CatalogError`. Then some may be there, each of them whole.
    func make(
        _ sizes: [Int], of digest: SHA256Digest, _ format: ImageFormat, book: String, bytes: [UInt8]? = nil,
        batch: inout BlobBatch
    ) async throws -> [Thumbnail] {
        let missing = try await BlockingThread.run(throwing: { try self.missing(sizes, of: digest, book: book) })
        batch.formUnion(missing.batch)
        guard !missing.sizes.isEmpty else { return [] }
        let original = try await BlockingThread.run(throwing: { try bytes ?? self.original(digest, book) })
        var made: [Thumbnail] = []
        var rest = missing.sizes[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(ImageTask.maximumCount))
            rest = rest.dropFirst(some.count)
            let drawn = try await images.thumbnails(of: original, as: format, sizes: some)
            let (thumbnails, changed) = try await BlockingThread.run(throwing: {
                try self.store(drawn, of: digest, book: book)
            })
            made += thumbnails
            batch.formUnion(changed)
        }
        return made
    }

    /// The sizes that must be drawn. What another book has is copied.
    private func missing(
        _ sizes: [Int], of digest: SHA256Digest, book: String
    ) throws -> (sizes: [Int], batch: BlobBatch) {
        var batch = BlobBatch()
        let (known, books) = try catalog.read { reader in
            let asset = try reader.asset(sha256: digest)
            return try (
                asset.map { try reader.thumbnails(of: $0.id) } ?? [], asset.map { try reader.books(of: $0.id) } ?? []
            )
        }
        var missing: [Int] = []
        for size in sizes where !missing.contains(size) {
            guard let thumbnail = known.first(where: { $0.size == size }) else {
                missing.append(size)
                continue
            }
            if try store.hasThumbnail(thumbnail, of: digest, book: book) { continue }
            let others = books.filter { $0 != book }
            let copy = others.lazy.compactMap { try? store.thumbnailBytes(thumbnail, of: digest, book: $0) }.first
            if let copy {
                try store.store(copy, as: thumbnail, of: digest, book: book, batch: &batch)
            } else {
                missing.append(size)
            }
        }
        return (missing, batch)
    }

    private func original(_ digest: SHA256Digest, _ book: String) throws -> [UInt8] {
        guard let path = store.find(digest, preferring: [book]) else {
            throw BlobError.missing(path: store.absolutePath(of: try store.place(digest, book)))
        }
        return try store.read(path, expecting: digest, limit: ImageRequest.maximumLength)
    }

    private func store(
        _ drawn: [ImageThumbnail], of digest: SHA256Digest, book: String
    ) throws -> ([Thumbnail], BlobBatch) {
        var batch = BlobBatch()
        let thumbnails = try drawn.map { drawn in
            let ext = drawn.format == .jpeg ? FileType.jpeg.ext : FileType.webp.ext
            let thumbnail = Thumbnail(
                size: drawn.size, ext: ext, width: drawn.width, height: drawn.height,
                sha256: SHA256Digest(of: drawn.bytes))
            try store.store(drawn.bytes, as: thumbnail, of: digest, book: book, batch: &batch)
            return thumbnail
        }
        return (thumbnails, batch)
    }
}
