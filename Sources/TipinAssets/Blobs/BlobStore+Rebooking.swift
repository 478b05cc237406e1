internal import TipinFiles

/// Moving a book's folder: first every blob gets a name in the new one, and only when the catalog speaks of those do
/// the old ones go. Stopped anywhere, a second time goes on.
extension BlobStore {
    /// Gives each blob of a book an entry under another book.
    /// - Parameter batch: to be finished before the catalog may speak of them.
    /// - Returns: where they lie, relative to the data folder.
    package func addEntries(
        of old: String, to new: String, batch: inout BlobBatch
    ) throws(BlobError) -> [SHA256Digest: String] {
        var paths: [SHA256Digest: String] = [:]
        let folder = try filesFolder(old)
        for (digest, name) in try digests(in: folder) {
            guard let entry = entry(in: folder + "/" + name) else { continue }
            let ext = entry.split(separator: ".").last.map(String.init) ?? ""
            paths[digest] = try add(digest, ext: ext, book: new, from: entry, batch: &batch)
        }
        return paths
    }

    /// Removes the entries of a book that stand under another one too, with their thumbnails, and the folders that
    /// become empty.
    package func removeEntries(of old: String, standingIn new: String) throws(BlobError) {
        let folder = try filesFolder(old)
        for (digest, name) in try digests(in: folder) {
            let (source, target) = (folder + "/" + name, try place(digest, new))
            guard entry(in: target) != nil else { continue }
            do throws(FileError) {
                for file in try root.names(in: source) {
                    // What was made of the picture once need not be made again.
                    if file.hasPrefix("thumb_"), try root.status(of: "\(target)/\(file)") == nil {
                        try root.rename("\(source)/\(file)", toNew: "\(target)/\(file)")
                    } else if file.hasPrefix("thumb_") || file.hasPrefix("original.") {
                        try root.removeFile("\(source)/\(file)")
                    }
                }
                try root.syncFolder(target)
            } catch {
                throw .file(error)
            }
            try? root.removeFolder(source)
        }
        // Not empty: somebody else's file is in it, and stays.
        try? root.removeFolder(folder)
        try? root.removeFolder(String(folder.dropLast("/files".count)))
        try? root.syncFolder("books")
    }

    private func filesFolder(_ book: String) throws(BlobError) -> String {
        // The layout has one place for this; a digest's is below it.
        let place = try place(SHA256Digest(of: [UInt8]()), book)
        return String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)])
    }

    private func digests(in folder: String) throws(BlobError) -> [(SHA256Digest, String)] {
        do throws(FileError) {
            return try root.names(in: folder).compactMap { name in SHA256Digest(name).map { ($0, name) } }
        } catch {
            throw .file(error)
        }
    }
}
