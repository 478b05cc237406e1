internal import TipinFiles
internal import TipinImageMessages

extension AssetImporter {
    /// What came of looking at a picture once more.
    package enum Lesson: Sendable, Equatable {
        /// Its bytes are not here.
        case noBytes
        /// All that they tell was known, and is as the catalog says.
        case nothing
        /// What they tell and the catalog did not know is noted.
        case learnt
        /// The catalog said something else than they tell, in words, and says it no more.
        case corrected(String)
    }

    /// Looks once more at a picture of which the catalog does not know what its bytes tell, or knows it wrongly, and
    /// notes it. Known bytes are not decoded when they are imported again, so nothing else would find it out.
    /// - Throws: `ImportError`, `ImageError`, `BlobError`, `CatalogError`. Whether it says where it was taken is noted
    ///   all the same where only decoding it failed.
    package func learnFacts(of asset: Asset) async throws -> Lesson {
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
        guard let read else { return .noBytes }
        guard let format = read.type.imageFormat else {
            throw ImportError.notAnImage(FileType.describe(read.bytes))
        }
        guard let images else { throw ImportError.noImageWorker }
        let facts = try await images.probe(read.bytes, as: format)
        let wrong = asset.contradictions(to: read.type, width: facts.width, height: facts.height)
        try await BlockingThread.run(throwing: { [catalog] in
            try catalog.write { writer in
                if !wrong.isEmpty {
                    try writer.correctKind(
                        assetID: asset.id, ext: read.type.ext, mime: read.type.mime, width: facts.width,
                        height: facts.height)
                }
                try writer.setFacts(
                    assetID: asset.id,
                    PictureFacts(
                        width: facts.width, height: facts.height, frames: facts.frames, hasAlpha: facts.hasAlpha))
            }
        })
        if !wrong.isEmpty { return .corrected(wrong.joined(separator: ", ")) }
        return asset.lacksFacts ? .learnt : .nothing
    }
}

extension Asset {
    /// Whether it is a picture of which it is not known what decoding tells: an app made its row, or a part was lost.
    package var lacksFacts: Bool {
        guard FileType(mime: mime)?.imageFormat != nil else { return false }
        return width == nil || height == nil || frames == nil || hasAlpha == nil
    }

    /// What the catalog says else than the bytes, in words.
    /// - Parameters:
    ///   - width: pixels, after the picture's orientation is applied; as `height`.
    fileprivate func contradictions(to type: FileType, width: Int, height: Int) -> [String] {
        var words: [String] = []
        if let known = FileType(mime: mime), known != type { words.append("type '\(mime)' for '\(type.mime)'") }
        if let known = FileType.allCases.first(where: { $0.ext == ext }), known != type {
            words.append("extension '\(ext)' for '\(type.ext)'")
        }
        let size = "\(self.width ?? width) × \(self.height ?? height)"
        if size != "\(width) × \(height)" { words.append("\(size) pixels for \(width) × \(height)") }
        return words
    }

    /// Whether the catalog says something else than the beginning of the bytes, as far as that can be told without
    /// decoding them: of a picture that is turned width and height change places.
    package func isContradicted(by start: [UInt8]) -> Bool {
        // What has no pixels cannot be looked at any closer.
        guard let type = FileType.sniff(start), let format = type.imageFormat,
            let header = ImageHeader(start, as: format)
        else { return false }
        let isTurned = width == header.height && height == header.width
        let (width, height) = isTurned ? (header.height, header.width) : (header.width, header.height)
        return !contradictions(to: type, width: width, height: height).isEmpty
    }
}
