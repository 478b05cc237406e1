internal import GRDB
internal import Glibc

extension AssetImporter {
    /// Tells the catalog of bytes that stand in their place, in one transaction, once their names are durable.
    /// - Parameters:
    ///   - remote: where they are to be sent; `nil` leaves them `local_only`.
    ///   - body: what else belongs into that transaction.
    /// - Throws: `BlobError`, `CatalogError`; then the catalog is as it was.
    /// - Returns: in the order given.
    package func commit(
        _ prepared: [PreparedAsset], remote: String?,
        then body: (CatalogWriter, [ImportedAsset]) throws -> Void = { _, _ in }
    ) throws -> [ImportedAsset] {
        guard !prepared.isEmpty else { return [] }
        var batch = BlobBatch()
        for asset in prepared { batch.formUnion(asset.batch) }
        // Names before references: a row must not outlive, in a power cut, the entry that it speaks of.
        try batch.finish(in: store.folder)
        let imported = try catalog.write { writer in
            let imported = try prepared.map { try commit($0, remote, writer) }
            try body(writer, imported)
            return imported
        }
        forget(prepared)
        return imported
    }

    private func commit(_ prepared: PreparedAsset, _ remote: String?, _ writer: CatalogWriter) throws -> ImportedAsset {
        let path = store.absolutePath(of: prepared.relativePath)
        if let asset = try writer.reader.recorded(prepared, at: path, remote: remote) {
            try writer.touchIfStale(assetID: asset.id)
            return ImportedAsset(
                asset: asset, wasKnown: true, relativePath: prepared.relativePath, warnings: prepared.warnings)
        }
        let wasKnown = try writer.reader.asset(sha256: prepared.sha256) != nil
        var new = prepared.asset
        new.localPath = path
        new.status = remote == nil ? .localOnly : .pendingUpload
        // What clean-up removed comes back as it was.
        let record = wasKnown ? nil : store.removedRecord(of: prepared.sha256)
        if let id = record?.id { new.id = id }
        let id = try writer.insert(new).id
        try writer.addBook(assetID: id, bookID: prepared.book, localPath: prepared.relativePath)
        if let source = prepared.sourceSHA256, !wasKnown || source != prepared.sha256 {
            try writer.recordSource(
                sourceSHA256: source, assetID: id, rule: prepared.rule, stripperVersion: MetadataStripper.version)
        }
        if let record { try writer.restore(record, assetID: id) }
        for thumbnail in prepared.thumbnails { try writer.recordThumbnail(thumbnail, assetID: id) }
        if let remote { try writer.enqueueUpload(assetID: id, bookID: prepared.book, remote: remote) }
        try writer.removeDownload(sha256: prepared.sha256)
        try writer.touch(assetID: id)
        try writer.clearEviction(id)
        try refreshLocalPath(id, prepared.book, path, writer)
        guard let asset = try writer.reader.asset(id: id) else {
            throw CatalogError.damaged(path: catalog.path, words: "no row for SHA-256 \(prepared.sha256)")
        }
        return ImportedAsset(
            asset: asset, wasKnown: wasKnown, relativePath: prepared.relativePath, warnings: prepared.warnings)
    }

    /// The owner book's path is replaced where it leads nowhere any more.
    private func refreshLocalPath(_ id: String, _ book: String, _ path: String, _ writer: CatalogWriter) throws {
        guard try writer.reader.ownerBook(of: id) == book, let standing = try writer.reader.asset(id: id)?.localPath,
            standing != path, access(standing, F_OK) != 0
        else { return }
        try writer.setLocalPath(assetID: id, path)
    }
}

extension CatalogReader {
    /// The row of bytes of which the catalog knows all that an import could tell: in a second run that is nearly every
    /// one, and it costs one question where writing it down again would cost a dozen.
    /// - Parameter path: where the bytes lie, absolute.
    fileprivate func recorded(_ prepared: PreparedAsset, at path: String, remote: String?) throws -> Asset? {
        let isAsFound = prepared.sourceSHA256.map { $0 == prepared.sha256 } ?? true
        guard let id = prepared.asset.id, isAsFound, prepared.thumbnails.isEmpty else { return nil }
        return try first(
            """
            WHERE a.sha256 = ?1 AND a.id = ?2 AND a.local_path = ?3 AND f.asset_id IS NOT NULL
                AND EXISTS (SELECT 1 FROM tipin_books b WHERE b.asset_id = a.id AND b.book_id = ?4 AND b.path = ?5)
                AND (?6 IS NULL OR EXISTS (
                    SELECT 1 FROM tipin_uploads u WHERE u.asset_id = a.id AND u.book_id = ?4 AND u.remote = ?6))
                AND NOT EXISTS (SELECT 1 FROM tipin_downloads d WHERE d.sha256 = ?1)
                AND NOT EXISTS (SELECT 1 FROM tipin_evicted e WHERE e.asset_id = a.id)
            """,
            [prepared.sha256.description, id, path, prepared.book, prepared.relativePath, remote])
    }
}
