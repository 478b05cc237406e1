internal import Glibc
package import TipinFiles

/// The stored bytes of assets: `books/<book>/files/<sha256>/original.<ext>` below the data folder (PRD 6).
package struct BlobStore: Sendable {
    package let folder: DataFolder

    package init(_ folder: DataFolder) { self.folder = folder }

    var root: Folder { folder.root }

    // MARK: Names

    /// What `original.` may be followed by. `jpeg` is only looked for: an app may have written it.
    static let extensions = FileType.allCases.map(\.ext) + ["jpeg"]

    /// Where a book's entry of a blob lies, relative to the data folder.
    package func location(_ digest: SHA256Digest, ext: String, book: String) throws(BlobError) -> String {
        guard Self.extensions.contains(ext) else { throw .extensionUnknown(ext) }
        return try place(digest, book) + "/original." + ext
    }

    /// The folder of a blob in a book.
    func place(_ digest: SHA256Digest, _ book: String) throws(BlobError) -> String {
        guard let name = folderName(of: book) else { throw .bookUnusable(book) }
        return "books/\(name)/files/\(digest)"
    }

    /// The name of a book's folder; `nil` for an id that none can have.
    package func folderName(of book: String) -> String? { Self.folderName(of: book) }

    /// Whether pictures of the book can be stored: its id can name a folder.
    package static func canHold(book: String) -> Bool { folderName(of: book) != nil }

    private static func folderName(of book: String) -> String? {
        BookFolderName(book) { bytes in SHA256Digest(of: bytes).description }?.text
    }

    package func absolutePath(of relative: String) -> String { root.absolutePath(of: relative) }

    // MARK: Finding

    /// The first of the books' entries that is a file, whatever its extension; its bytes are not looked at.
    /// - Parameter ext: the one that it most likely has, which saves looking through the folder.
    package func find(_ digest: SHA256Digest, books: [String], ext: String? = nil) -> String? {
        for book in books {
            guard let place = try? place(digest, book) else { continue }
            if let ext, Self.extensions.contains(ext) {
                let likely = "\(place)/original.\(ext)"
                if (try? root.status(of: likely))?.kind == .regular { return likely }
            }
            if let found = entry(in: place) { return found }
        }
        return nil
    }

    /// The first of the books' entries, else one in any other book.
    /// - Parameter ext: as in `find(_:books:ext:)`.
    package func find(_ digest: SHA256Digest, preferring books: [String], ext: String? = nil) -> String? {
        find(digest, books: books, ext: ext) ?? findAnywhere(digest)
    }

    /// An entry of the blob in any book, with or without a row in the catalog.
    package func findAnywhere(_ digest: SHA256Digest) -> String? {
        find(digest, folders: bookFolders)
    }

    /// The names of the books' folders, as they are on disk.
    package var bookFolders: [String] { (try? root.names(in: "books")) ?? [] }

    /// `findAnywhere` in folders that were listed before.
    package func find(_ digest: SHA256Digest, folders: [String]) -> String? {
        for book in folders {
            if let found = entry(in: "books/\(book)/files/\(digest)") { return found }
        }
        return nil
    }

    func entry(in place: String) -> String? {
        // Names that cannot be listed, because of a planted link for instance, are names of nothing.
        guard let names = try? root.names(in: place) else { return nil }
        return Self.extensions.map { "original." + $0 }.filter(names.contains)
            .map { place + "/" + $0 }
            .first { (try? root.status(of: $0))?.kind == .regular }
    }

    // MARK: Reading

    /// All bytes of a blob, checked against its digest. A damaged one is moved aside, so that a whole one can take its
    /// place.
    /// - Parameter limit: bytes.
    package func read(_ relative: String, expecting digest: SHA256Digest, limit: Int) throws(BlobError) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(FileError) {
            let file = try root.openFile(relative)
            let status = try file.status()
            bytes = status.kind == .regular ? try file.readAll(limit: limit) : nil
        } catch {
            throw failure(error, relative, limit)
        }
        guard let bytes, SHA256Digest(of: bytes) == digest else {
            throw .damaged(path: absolutePath(of: relative), movedTo: absolutePath(of: try setAside(relative)))
        }
        return bytes
    }

    /// Whether the file is there and has the bytes that its name says.
    /// - Throws: a fault of the machine, which says nothing of the file.
    package func isWhole(_ relative: String, _ digest: SHA256Digest) throws(FileError) -> Bool {
        do throws(FileError) {
            let file = try root.openFile(relative)
            guard try file.status().kind == .regular else { return false }
            return try Self.digest(of: file) == digest
        } catch {
            guard error.isMissing || error.leavesFolder else { throw error }
            return false
        }
    }

    /// The first bytes of an entry, as many as a picture's header is found in.
    package func start(of relative: String) throws(FileError) -> [UInt8] {
        try root.openFile(relative).readChunk(upTo: Self.pieceLength)
    }

    /// `isWhole` for bytes that are in hand.
    /// - Parameter bytes: of which the name was made.
    func isWhole(_ relative: String, comparing bytes: [UInt8]) throws(FileError) -> Bool {
        do throws(FileError) {
            let file = try root.openFile(relative)
            let status = try file.status()
            guard status.kind == .regular, status.size == bytes.count else { return false }
            var position = 0
            while true {
                let piece = try file.readChunk(upTo: Self.pieceLength)
                if piece.isEmpty { return position == bytes.count }
                guard piece.count <= bytes.count - position else { return false }
                let isSame = bytes.withUnsafeBytes { bytes in
                    // Safe because neither is empty here.
                    piece.withUnsafeBytes { memcmp($0.baseAddress!, bytes.baseAddress! + position, $0.count) == 0 }
                }
                guard isSame else { return false }
                position += piece.count
            }
        } catch {
            guard error.isMissing || error.leavesFolder else { throw error }
            return false
        }
    }

    /// Bytes that are read at once: few enough to stay in the processor's cache.
    private static let pieceLength = 256 << 10

    /// Of all bytes of a file; reads in pieces, so that memory does not grow with it.
    package static func digest(of file: borrowing OpenFile) throws(FileError) -> SHA256Digest {
        var stream = SHA256Stream()
        while true {
            let piece = try file.readChunk(upTo: pieceLength)
            if piece.isEmpty { return stream.digest() }
            stream.update(piece)
        }
    }

    // MARK: Setting aside

    /// Moves a damaged file to `bad/<sha256>.<time>`; nothing that somebody might still make out is deleted.
    /// - Returns: where it is now, relative to the data folder.
    @discardableResult
    package func setAside(_ relative: String) throws(BlobError) -> String {
        let parts = relative.split(separator: "/")
        let digest = parts.count > 1 ? parts[parts.count - 2] : "unknown"
        let name = "bad/\(digest).\(folder.clock.now())"
        do throws(FileError) {
            for changed in try root.createFolders("bad", mode: 0o700) { try root.syncFolder(changed) }
            for number in 0... {
                let target = number == 0 ? name : "\(name)-\(number)"
                do throws(FileError) {
                    try root.rename(relative, toNew: target)
                    // After a power cut it must be found where it was moved to.
                    try root.syncFolder("bad")
                    return target
                } catch {
                    // Another process was faster: what was damaged is out of the way.
                    if error.isMissing, try root.status(of: relative) == nil { return target }
                    guard error.alreadyExists, number < 100 else { throw error }
                }
            }
            return name
        } catch {
            throw .file(error)
        }
    }

    private func failure(_ error: FileError, _ relative: String, _ limit: Int) -> BlobError {
        if error.isMissing { return .missing(path: absolutePath(of: relative)) }
        return error.isOutOfSpace ? .tooLarge(path: absolutePath(of: relative), limit: limit) : .file(error)
    }
}
