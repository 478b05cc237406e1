internal import TipinFiles

extension BlobStore {
    /// Where a book's thumbnail of a blob lies, relative to the data folder, whether it is there or not.
    package func thumbnailPath(
        _ thumbnail: Thumbnail, of digest: SHA256Digest, book: String
    ) throws(BlobError) -> String {
        try place(digest, book) + "/thumb_\(thumbnail.size)." + thumbnail.ext
    }

    /// Whether a book's thumbnail stands there whole.
    func hasThumbnail(_ thumbnail: Thumbnail, of digest: SHA256Digest, book: String) throws(BlobError) -> Bool {
        let path = try thumbnailPath(thumbnail, of: digest, book: book)
        do throws(FileError) { return try isWhole(path, thumbnail.sha256) } catch { throw .file(error) }
    }

    /// The bytes of any file in a place of ours; `nil` where it cannot be read or is too large for a thumbnail.
    package func bytesOfThumbnail(_ relative: String) -> [UInt8]? {
        try? root.openFile(relative).readAll(limit: Self.largestThumbnail)
    }

    private static var largestThumbnail: Int { 32 << 20 }

    /// The bytes of a thumbnail; `nil` where they are missing or wrong: those are never shown.
    package func thumbnailBytes(
        _ thumbnail: Thumbnail, of digest: SHA256Digest, book: String
    ) throws(BlobError) -> [UInt8]? {
        let path = try thumbnailPath(thumbnail, of: digest, book: book)
        do throws(FileError) {
            let bytes = try root.openFile(path).readAll(limit: Self.largestThumbnail)
            return SHA256Digest(of: bytes) == thumbnail.sha256 ? bytes : nil
        } catch {
            guard error.isMissing || error.leavesFolder || error.isOutOfSpace else { throw .file(error) }
            return nil
        }
    }

    /// Puts a thumbnail in its place, in the order of a blob: whole and durable before it has its name. One that stands
    /// there is replaced: it can be made again at any time.
    func store(
        _ bytes: [UInt8], as thumbnail: Thumbnail, of digest: SHA256Digest, book: String, batch: inout BlobBatch
    ) throws(BlobError) {
        let target = try thumbnailPath(thumbnail, of: digest, book: book)
        let place = try place(digest, book)
        let temporary = folder.temporaryName()
        do throws(FileError) {
            let file = try root.createFile(temporary, mode: 0o600)
            try file.write(bytes)
            guard try file.status().size == bytes.count else { throw FileError.shortWrite(file.path) }
            try file.sync()
            try file.changeMode(to: 0o400)
            try root.rename(temporary, replacing: target)
        } catch {
            try? root.removeFile(temporary)
            throw .file(error)
        }
        batch.insert(place)
    }
}
