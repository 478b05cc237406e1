extension AssetImporter {
    /// Gives books entries of their own of assets whose bytes another book brought in.
    /// - Parameter remote: where the books' copies are to be sent; `nil` for nowhere.
    package func addToBooks(_ entries: [(asset: Asset, book: String)], remote: String?) throws {
        var batch = BlobBatch()
        var places: [(asset: Asset, book: String, path: String)] = []
        for (asset, book) in entries {
            guard let standing = store.findAnywhere(asset.sha256) else { continue }
            let path = try store.add(asset.sha256, ext: asset.ext, book: book, from: standing, batch: &batch)
            places.append((asset, book, path))
        }
        // Names before references, as for every blob.
        try batch.finish(in: store.folder)
        try catalog.write { writer in
            for (asset, book, path) in places {
                try writer.addBook(assetID: asset.id, bookID: book, localPath: path)
                if let remote { try writer.enqueueUpload(assetID: asset.id, bookID: book, remote: remote) }
            }
        }
    }
}
