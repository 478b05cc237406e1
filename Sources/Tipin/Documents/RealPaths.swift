internal import Glibc
internal import TipinDocument

/// Resolves many paths in few folders as `Paths.real` does: each folder once, and of a file no more than whether it is
/// a link itself.
struct RealPaths {
    private var folders: [ByteKey: String] = [:]

    /// - Parameter path: absolute.
    mutating func real(_ path: String) -> String {
        var status = stat()
        let isLink = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
        guard !isLink else { return Paths.real(path) }
        let parent = Paths.parent(of: path)
        let folder = folders[ByteKey(parent)] ?? Paths.real(parent)
        folders[ByteKey(parent)] = folder
        return (folder == "/" ? "" : folder) + "/" + Paths.name(of: path)
    }
}
