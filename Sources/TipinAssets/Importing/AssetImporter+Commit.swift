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
        let wasKnown = try writer.reader.asset(sha256: prepared.sha256) != nil
        let path = store.absolutePath(of: prepared.relativePath)
        var new = prepared.asset
        new.localPath = path
        new.status = remote == nil ? .localOnly : .pendingUpload
        let id = try writer.insert(new).id
        try writer.addBook(assetID: id, bookID: prepared.book, localPath: prepared.relativePath)
        if let source = prepared.sourceSHA256, !wasKnown || source != prepared.sha256 {
            try writer.recordSource(
                sourceSHA256: source, assetID: id, rule: prepared.rule, stripperVersion: MetadataStripper.version)
        }
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
