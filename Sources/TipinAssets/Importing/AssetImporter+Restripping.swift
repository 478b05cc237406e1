package import TipinDiagnostics
internal import TipinFiles
internal import TipinImageMessages

extension AssetImporter {
    /// What became of an asset whose metadata was looked at again.
    package struct Restripped: Sendable {
        package var old: Asset
        /// The asset that takes its place; `nil` where there was nothing to remove.
        package var new: Asset?
        /// What could not be removed.
        package var warnings: [Problem]
    }

    /// Removes from stored bytes what the rule of today removes: a new asset takes the place of the old one in every
    /// book, with its links, and documents that mention the old one are rewritten the next time.
    ///
    /// An asset that today's rule and stripper made, or that was replaced before, is not even read.
    /// - Parameter remote: where the new one is to be sent; `nil` for nowhere.
    /// - Throws: `MetadataError`, `ImageError`, `ImportError`, `BlobError`, `CatalogError`; then nothing has changed.
    package func restrip(_ asset: Asset, remote: String?) async throws -> Restripped {
        let (isDone, books) = try catalog.read { reader in
            let isReplaced = try reader.replacement(of: asset.sha256, inBook: nil, for: .restrip) != nil
            let isCurrent = try reader.isStripped(
                assetID: asset.id, rule: limits.metadata, stripperVersion: MetadataStripper.version)
            return (isReplaced || isCurrent, try reader.books(of: asset.id))
        }
        guard !isDone else { return Restripped(old: asset, warnings: []) }
        let (bytes, type) = try await BlockingThread.run(throwing: { [self] in try original(of: asset, books) })
        let kept = try MetadataStripper.stripped(bytes, type: type, rule: limits.metadata)
        let warnings = limits.metadataWarnings(kept, type) + limits.removalWarnings(bytes, keeping: kept, type)
        guard kept != bytes else {
            try catalog.write { writer in
                try writer.noteStripped(
                    assetID: asset.id, sha256: asset.sha256, rule: limits.metadata,
                    stripperVersion: MetadataStripper.version)
            }
            return Restripped(old: asset, warnings: warnings)
        }
        let new = try await replace(asset, with: kept, type, books, remote)
        return Restripped(old: asset, new: new, warnings: warnings)
    }

    private func original(of asset: Asset, _ books: [String]) throws -> ([UInt8], FileType) {
        guard let path = store.find(asset.sha256, preferring: books) else {
            throw BlobError.missing(path: asset.localPath ?? "files/\(asset.sha256)")
        }
        let bytes = try store.read(path, expecting: asset.sha256, limit: ImageRequest.maximumLength)
        guard let type = FileType.sniff(bytes) else { throw ImportError.notAnImage(FileType.describe(bytes)) }
        return (bytes, type)
    }

    private func replace(
        _ asset: Asset, with bytes: [UInt8], _ type: FileType, _ books: [String], _ remote: String?
    ) async throws -> Asset? {
        guard !books.isEmpty else { throw ImportError.noBook }
        let digest = SHA256Digest(of: bytes)
        var prepared: [PreparedAsset] = []
        for book in books {
            var draft = ImportDraft(bytes: bytes, digest: digest, source: asset.sha256, type: type, book: book)
            draft.known = try catalog.read { try $0.asset(sha256: digest) }
            draft.standing = try draft.known.flatMap { try wholeBlob(of: $0, book: book) }
            prepared.append(try await finished(draft, mismatch: nil))
        }
        return try commit(prepared, remote: remote) { writer, imported in
            guard let new = imported.first?.asset else { return }
            try writer.moveSources(from: asset.id, to: new.id)
            try writer.replaceAsset(asset.id, with: new.id)
            try writer.recordReplacement(
                Replacement(
                    oldSHA256: asset.sha256, oldAssetID: asset.id, newAssetID: new.id, reason: .restrip))
        }.first?.asset
    }
}
