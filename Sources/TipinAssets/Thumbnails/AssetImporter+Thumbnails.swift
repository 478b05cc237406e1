internal import TipinDiagnostics
internal import TipinFiles

extension AssetImporter {
    /// Makes the thumbnails that an asset lacks in a book, or that are not what they were.
    /// - Returns: all of the sizes, in their order, with what of them was made now.
    /// - Throws: `ImportError.noImageWorker`, `ImageError`, `BlobError`, `CatalogError`.
    package func makeThumbnails(
        _ sizes: [Int], of asset: Asset, book: String
    ) async throws -> (all: [Thumbnail], made: [Thumbnail]) {
        guard let format = FileType(mime: asset.mime)?.imageFormat else { return ([], []) }
        guard let maker = thumbnailMaker else { throw ImportError.noImageWorker }
        var batch = BlobBatch()
        let made = try await maker.make(sizes, of: asset.sha256, format, book: book, batch: &batch)
        let changed = batch
        return try await BlockingThread.run(throwing: { [self] in
            var changed = changed
            // Names before the row that speaks of them.
            try changed.finish(in: store.folder)
            if !made.isEmpty {
                try catalog.write { writer in
                    for thumbnail in made { try writer.recordThumbnail(thumbnail, assetID: asset.id) }
                }
            }
            let known = try catalog.read { try $0.thumbnails(of: asset.id) }
            return (sizes.compactMap { size in known.first { $0.size == size } }, made)
        })
    }

    /// Whether bytes are a whole picture of the type that their name ends in.
    /// - Throws: a fault of the image worker, which says nothing of the bytes.
    package func isThumbnail(_ bytes: [UInt8], ext: String) async throws -> Bool {
        guard let type = FileType.sniff(bytes), type.ext == ext, let format = type.imageFormat else { return false }
        guard let images else { return ImageHeader(bytes, as: format) != nil }
        do {
            _ = try await images.probe(bytes, as: format)
            return true
        } catch ImageError.damaged, ImageError.tooLarge {
            return false
        }
    }

    /// With the thumbnails that are to be made on import. A picture without them is as good: why is a warning.
    func withThumbnails(_ prepared: PreparedAsset, _ draft: ImportDraft) async throws -> PreparedAsset {
        guard !limits.thumbnails.isEmpty, let format = draft.type.imageFormat, let maker = thumbnailMaker else {
            return prepared
        }
        var prepared = prepared
        do {
            prepared.thumbnails = try await maker.make(
                limits.thumbnails, of: draft.digest, format, book: draft.book,
                bytes: draft.bytes.isEmpty ? nil : draft.bytes, batch: &prepared.batch)
        } catch let error as ImageError {
            prepared.warnings.append(Self.noThumbnail(error.problem))
        }
        return prepared
    }

    static func noThumbnail(_ problem: Problem) -> Problem {
        Problem(
            .thumbnailNotMade, "no thumbnail was made", notes: [problem.headline] + problem.notes,
            help: ["the picture itself is whole; 'tipin assets thumbnail' tries again"])
    }

    var thumbnailMaker: ThumbnailMaker? {
        guard let drawing = images as? any ThumbnailDrawing else { return nil }
        return ThumbnailMaker(catalog: catalog, store: store, images: drawing)
    }
}
