internal import Glibc

/// What `fstat(2)` says of a file, as far as tipin needs it.
package struct FileStatus: Sendable, Equatable {
    package enum Kind: Sendable { case regular, folder, symbolicLink, other }

    package var kind: Kind
    /// Bytes.
    package var size: Int
    /// Permission bits, without the kind.
    package var mode: UInt32
    package var owner: UInt32
    package var group: UInt32
    /// Names of the file.
    package var linkCount: Int
    package var device: UInt64
    package var inode: UInt64
    /// Nanoseconds since 1970.
    package var modified: Int64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            default: .other
            }
        size = Int(status.st_size)
        mode = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        linkCount = Int(status.st_nlink)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
