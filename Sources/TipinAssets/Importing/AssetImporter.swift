internal import TipinDiagnostics
internal import TipinFiles
internal import TipinImageMessages

/// Makes assets of bytes: looks at them, puts them in their place, and tells the catalog.
///
/// Whoever imports holds `DataFolder.importLock()` shared from the first `prepare` to `commit`, so that no clean-up
/// takes away what the catalog does not know yet.
package final class AssetImporter: Sendable {
    let catalog: Catalog
    let store: BlobStore
    let images: (any ImageProbing)?
    package let limits: ImportLimits
    private let turns = SourceTurns()

    /// - Parameter images: `nil` where no picture can be decoded: only known ones can be imported then.
    package init(catalog: Catalog, folder: DataFolder, images: (any ImageProbing)?, limits: ImportLimits) {
        self.catalog = catalog
        store = BlobStore(folder)
        self.images = images
        self.limits = limits
    }

    // MARK: Preparing

    /// Looks at bytes as they were found and puts them into a book's folder; the catalog is only read.
    /// - Parameters:
    ///   - name: the name or path that they had, for what a wrong extension says.
    ///   - mime: what whoever gave them calls them; never believed, but compared.
    ///   - roles: what they are to be; what is no picture is refused, before anything is stored, in one that shows it.
    /// - Throws: `ImportError`, `MetadataError`, `ImageError`, `BlobError`, `CatalogError`.
    package func prepare(
        _ bytes: [UInt8], name: String? = nil, mime: String? = nil, book: String, roles: [String] = []
    ) async throws -> PreparedAsset {
        try await prepare(bytes, digest: nil, name: name, mime: mime, book: book, roles: roles)
    }

    /// - Parameter known: the bytes' digest, where it was made while they came in.
    func prepare(
        _ bytes: [UInt8], digest known: SHA256Digest?, name: String?, mime: String? = nil, book: String,
        roles: [String] = []
    ) async throws -> PreparedAsset {
        let type = try limits.admit(bytes)
        for role in roles { try type.admit(as: role) }
        let source: SHA256Digest
        if let known { source = known } else { source = await BlockingThread.run { SHA256Digest(of: bytes) } }
        let earlier = await turns.take(source)
        var result: NewAsset?
        defer { turns.give(source, result: result) }
        let mismatch =
            name.flatMap { NameCheck.mismatch($0, type) } ?? mime.flatMap { NameCheck.mismatch(mime: $0, type) }
        let (draft, standing) = try await BlockingThread.run(throwing: { [self] in
            let draft =
                try recognised(bytes, source, type, book) ?? continued(earlier, source, type, book)
                ?? stripped(bytes, source, type, book)
            // What need not be decoded first is stored on the way.
            return (draft, needsDecoding(draft) ? nil : try stored(draft, PictureFacts(), mismatch))
        })
        guard let standing else {
            let prepared = try await finished(draft, mismatch: mismatch)
            if draft.known == nil { result = prepared.asset }
            return prepared
        }
        if draft.known == nil { result = standing.asset }
        return try await withThumbnails(standing, draft)
    }

    /// `prepare` for a file that the user named; a symbolic link is refused.
    package func prepare(file path: String, book: String, roles: [String] = []) async throws -> PreparedAsset {
        let limit = limits.maxBytes
        let (bytes, digest) = try await BlockingThread.run(throwing: {
            let bytes = try PictureFile.read(path, limit: limit)
            return (bytes, SHA256Digest(of: bytes))
        })
        return try await prepare(bytes, digest: digest, name: path, book: book, roles: roles)
    }

    /// Puts bytes back whose digest is known: nothing is removed from them, and they must be the very same.
    /// - Parameter id: what a row that is new is to be called; `nil` for the id derived from the digest.
    package func prepareStored(
        _ bytes: [UInt8], expecting digest: SHA256Digest, book: String, id: String? = nil
    ) async throws -> PreparedAsset {
        let found = await BlockingThread.run { SHA256Digest(of: bytes) }
        guard found == digest else { throw ImportError.digestMismatch(expected: digest, found: found) }
        let type = try limits.admit(bytes)
        let draft = try await BlockingThread.run(throwing: { [self] in
            var draft = ImportDraft(bytes: bytes, digest: digest, type: type, book: book)
            draft.known = try catalog.read { try $0.asset(sha256: digest) }
            draft.standing = try draft.known.flatMap { try wholeBlob(of: $0, book: book) }
            return draft
        })
        var prepared = try await finished(draft, mismatch: nil)
        if draft.known == nil { prepared.asset.id = id }
        return prepared
    }

    /// Bytes that the catalog knows, as they are or as they were found once: nothing is decoded or removed again.
    private func recognised(
        _ bytes: [UInt8], _ source: SHA256Digest, _ type: FileType, _ book: String
    ) throws -> ImportDraft? {
        // One read for all that is asked: its transaction costs more than the questions.
        let told = try catalog.read { reader -> (known: Asset, path: String?, books: [String], warnings: [Problem])? in
            guard let known = try reader.current(digest: source) else { return nil }
            return (
                known, try reader.recordedPath(of: known.id, inBook: book), try reader.books(of: known.id),
                try positionWarnings(known, reader)
            )
        }
        guard let (known, path, books, warnings) = told else { return nil }
        let isSame = known.sha256 == source
        let standing = try wholeBlob(
            known.sha256, ext: known.ext, bytes: isSame ? bytes : nil, books: [book] + books)
        // Where the stored bytes are lost, these can only take their place if they are the same.
        guard isSame || standing != nil else { return nil }
        var draft = ImportDraft(
            bytes: isSame ? bytes : [], digest: known.sha256, source: source, type: type, book: book, known: known,
            standing: standing)
        draft.isRecorded = path == standing
        draft.warnings = warnings
        return draft
    }

    /// A picture that was stored as it was, by another rule or an older tipin, stays as it is until it is worked on.
    private func positionWarnings(_ known: Asset, _ reader: CatalogReader) throws -> [Problem] {
        guard limits.metadata != .keep, known.hasPosition == true else { return [] }
        let isCurrent = try reader.isStripped(
            assetID: known.id, rule: limits.metadata, stripperVersion: MetadataStripper.version)
        return isCurrent ? [] : [PositionRule.standing]
    }

    /// Bytes that were worked on in this run already, of which the catalog does not know yet.
    private func continued(
        _ earlier: NewAsset?, _ source: SHA256Digest, _ type: FileType, _ book: String
    ) throws -> ImportDraft? {
        guard let earlier,
            let standing = store.find(earlier.sha256, preferring: [book]),
            try store.isWhole(standing, earlier.sha256)
        else { return nil }
        var draft = ImportDraft(
            bytes: [], digest: earlier.sha256, source: source, type: type, book: book, standing: standing)
        draft.earlier = earlier
        return draft
    }

    private func stripped(
        _ bytes: [UInt8], _ source: SHA256Digest, _ type: FileType, _ book: String
    ) throws -> ImportDraft {
        let kept = try MetadataStripper.stripped(bytes, type: type, rule: limits.metadata)
        let digest = kept == bytes ? source : SHA256Digest(of: kept)
        var draft = ImportDraft(bytes: kept, digest: digest, source: source, type: type, book: book)
        draft.known = try catalog.read { try $0.asset(sha256: digest) }
        draft.standing = try draft.known.flatMap { try wholeBlob(of: $0, book: book) }
        draft.warnings = limits.removalWarnings(bytes, keeping: kept, type)
        return draft
    }

    /// The book's own entry first, then any other. A damaged one is moved aside on the way.
    func wholeBlob(of asset: Asset, book: String) throws -> String? {
        let others = try catalog.read { try $0.books(of: asset.id) }
        return try wholeBlob(asset.sha256, ext: asset.ext, bytes: nil, books: [book] + others)
    }

    /// - Parameter bytes: what the blob must be, where that is in hand: comparing is faster than a digest.
    private func wholeBlob(
        _ digest: SHA256Digest, ext: String, bytes: [UInt8]?, books: [String]
    ) throws -> String? {
        while let found = store.find(digest, preferring: books, ext: ext) {
            let isWhole = try bytes.map { try store.isWhole(found, comparing: $0) } ?? store.isWhole(found, digest)
            if isWhole { return found }
            try store.setAside(found)
        }
        return nil
    }

    /// The catalog knows of what was prepared, so nothing need be remembered of it.
    func forget(_ prepared: [PreparedAsset]) { turns.forget(prepared.compactMap(\.sourceSHA256)) }

    func finished(_ draft: ImportDraft, mismatch: Problem?) async throws -> PreparedAsset {
        let facts = try await facts(of: draft)
        let prepared = try await BlockingThread.run(throwing: { [self] in try stored(draft, facts, mismatch) })
        return try await withThumbnails(prepared, draft)
    }

    /// Puts the bytes in their place, where they do not stand there.
    private func stored(_ draft: ImportDraft, _ facts: PictureFacts, _ mismatch: Problem?) throws -> PreparedAsset {
        var batch = BlobBatch()
        let path = try place(draft, &batch)
        let asset = draft.newAsset(facts)
        // What is known was warned about when it was new.
        let metadata = draft.known == nil ? limits.metadataWarnings(draft.bytes, draft.type) : []
        return PreparedAsset(
            sourceSHA256: draft.source, book: draft.book, relativePath: path,
            warnings: (mismatch.map { [$0] } ?? []) + metadata + draft.warnings, asset: asset, rule: limits.metadata,
            batch: batch)
    }

    /// A row's facts are kept; only bytes that were never seen are decoded.
    private func needsDecoding(_ draft: ImportDraft) -> Bool {
        draft.known == nil && draft.earlier == nil && draft.type.imageFormat != nil
    }

    private func facts(of draft: ImportDraft) async throws -> PictureFacts {
        guard needsDecoding(draft), let format = draft.type.imageFormat else { return PictureFacts() }
        guard let images else { throw ImportError.noImageWorker }
        let facts = try await images.probe(draft.bytes, as: format)
        return PictureFacts(
            width: facts.width, height: facts.height, frames: facts.frames, hasAlpha: facts.hasAlpha)
    }

    private func place(_ draft: ImportDraft, _ batch: inout BlobBatch) throws -> String {
        guard let standing = draft.standing else {
            return try store.store(
                draft.bytes, digest: draft.digest, ext: draft.ext, book: draft.book, batch: &batch)
        }
        // What a row names was durable before the row was.
        return draft.isRecorded ? standing : try entry(of: draft.digest, in: draft.book, from: standing, &batch)
    }

    /// A book's entry of a blob that stands whole, in this book or in another.
    func entry(
        of digest: SHA256Digest, in book: String, from standing: String, _ batch: inout BlobBatch
    ) throws -> String {
        let place = try store.place(digest, book)
        guard !standing.hasPrefix(place + "/") else {
            try store.keep(standing, in: place, &batch)
            return standing
        }
        let ext = standing.split(separator: ".").last.map(String.init) ?? ""
        return try store.add(digest, ext: ext, book: book, from: standing, batch: &batch)
    }
}
