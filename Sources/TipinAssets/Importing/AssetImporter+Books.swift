extension AssetImporter {
    /// Gives books entries of their own of assets whose bytes another book brought in.
    /// - Parameter remote: where the books' copies are to be sent; `nil` for nowhere.
    package func addToBooks(_ entries: [(asset: Asset, book: String)], remote: String?) throws {
        var batch = BlobBatch()
        var places: [(asset: Asset, book: String, path: String)] = []
        for (asset, book) in entries {
            // A second name of damaged bytes would only spread them.
            guard let standing = try wholeBlob(of: asset, book: book) else { continue }
            let path = try entry(of: asset.sha256, in: book, from: standing, &batch)
            places.append((asset, book, path))
        }
        // Names before references, as for every blob.
        try batch.finish(in: store.folder)
        try catalog.write { writer in
            for (asset, book, path) in places {
                try writer.addBook(assetID: asset.id, bookID: book, localPath: path)
                try writer.clearEviction(asset.id)
                if let remote { try writer.enqueueUpload(assetID: asset.id, bookID: book, remote: remote) }
            }
        }
    }
}
