internal import TipinAssets
internal import TipinFiles

/// The folder in which a journal was written. A journal names files anywhere on the machine, so one that came with
/// documents, or was copied or moved with them, must not be carried out unasked (RULES 0).
struct RunPlace: Codable, Sendable, Equatable {
    /// Absolute, without symbolic links.
    var path: String
    /// Of the folder: a copy at the same path has another.
    var inode: UInt64

    /// - Returns: `nil` where there is no such folder.
    init?(_ folder: RunFolder) throws(FileError) {
        guard let status = try folder.folder.root.status(of: RunFolder.name) else { return nil }
        path = folder.folder.root.absolutePath(of: RunFolder.name)
        inode = status.inode
    }
}
