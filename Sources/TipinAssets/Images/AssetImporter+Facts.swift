internal import TipinFiles
internal import TipinImageMessages

extension AssetImporter {
    /// Looks once more at a picture of which the catalog does not know what its bytes tell, and notes it. Known bytes
    /// are not decoded when they are imported again, so nothing else would find it out.
    /// - Returns: `false` where its bytes are not here.
    /// - Throws: `ImportError`, `ImageError`, `BlobError`, `CatalogError`. Whether it says where it was taken is noted
    ///   all the same where only decoding it failed.
    package func learnFacts(of asset: Asset) async throws -> Bool {
        let limit = ImageRequest.maximumLength
        let read = try await BlockingThread.run(throwing: { [self] () -> (bytes: [UInt8], type: FileType)? in
            let books = try catalog.read { try $0.books(of: asset.id) }
            guard let path = store.find(asset.sha256, preferring: books, ext: asset.ext) else { return nil }
            let bytes = try store.read(path, expecting: asset.sha256, limit: limit)
            guard let type = FileType.sniff(bytes) else { throw ImportError.notAnImage(FileType.describe(bytes)) }
            let hasPosition = MetadataStripper.hasPosition(bytes, type: type)
            try catalog.write { try $0.setFacts(assetID: asset.id, PictureFacts(), hasPosition: hasPosition) }
            return (bytes, type)
        })
        guard let read else { return false }
        guard let format = read.type.imageFormat else {
            throw ImportError.notAnImage(FileType.describe(read.bytes))
        }
        guard let images else { throw ImportError.noImageWorker }
        let facts = try await images.probe(read.bytes, as: format)
        try await BlockingThread.run(throwing: { [catalog] in
            try catalog.write { writer in
                try writer.setFacts(
                    assetID: asset.id,
                    PictureFacts(
                        width: facts.width, height: facts.height, frames: facts.frames, hasAlpha: facts.hasAlpha))
            }
        })
        return true
    }
}

extension Asset {
    /// Whether it is a picture of which it is not known what decoding tells: an app made its row, or a part was lost.
    package var lacksFacts: Bool {
        guard FileType(mime: mime)?.imageFormat != nil else { return false }
        return width == nil || height == nil || frames == nil || hasAlpha == nil
    }
}
