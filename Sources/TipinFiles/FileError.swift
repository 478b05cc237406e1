internal import Glibc

/// A file call that failed: which, on what, and the system's number for it.
package struct FileError: Error, Sendable, Equatable {
    package var operation: FileOperation
    package var path: String
    /// The value of `errno(3)`.
    package var number: Int32

    package init(_ operation: FileOperation, _ path: String, _ number: Int32) {
        self.operation = operation
        self.path = path
        self.number = number
    }

    /// The write took fewer bytes than it said (`EIO`).
    package static func shortWrite(_ path: String) -> FileError { FileError(.write, path, EIO) }

    package var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    package var isOutOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }
    package var isPermission: Bool { [EACCES, EPERM, EROFS].contains(number) }
    /// Another process has the lock.
    package var isHeldElsewhere: Bool { operation == .lock && [EAGAIN, EACCES].contains(number) }
    package var alreadyExists: Bool { number == EEXIST }
    /// The path leaves its folder, or a symbolic link stands in it.
    package var leavesFolder: Bool { [ELOOP, EXDEV].contains(number) }
}
