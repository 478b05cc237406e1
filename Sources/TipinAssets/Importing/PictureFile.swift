internal import TipinFiles

/// Reads a file that the user named.
enum PictureFile {
    /// All its bytes. What is no regular file is refused after it was opened, so that it cannot be swapped in between.
    static func read(_ path: String, limit: Int) throws(ImportError) -> [UInt8] {
        var folder = "."
        var name = path
        if let slash = path.lastIndex(of: "/") {
            folder = slash == path.startIndex ? "/" : String(path[..<slash])
            name = String(path[path.index(after: slash)...])
        }
        do throws(FileError) {
            let file = try Folder(opening: folder).openFile(name)
            if try file.status().kind == .regular { return try file.readAll(limit: limit) }
        } catch {
            throw error.isOutOfSpace ? .tooLarge(size: nil, limit: limit) : .unreadable(error)
        }
        throw .notAFile(path: path)
    }
}
