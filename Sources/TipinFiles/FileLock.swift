internal import CLinux
internal import Glibc

/// An advisory lock on a file, shared or exclusive, released when the value ends or the process dies.
///
/// Open-file-description locks: unlike POSIX locks they are not lost when another part of the process closes the file.
package struct FileLock: ~Copyable, Sendable {
    private let file: OpenFile

    /// - Parameter waits: `false` throws `EAGAIN` at once where another holds the lock.
    package init(
        _ name: String, in folder: Folder, exclusive: Bool = true, waits: Bool = true
    ) throws(FileError) {
        let file = try folder.openOrCreateFile(name, mode: 0o600)
        let isWanted = try file.failpoint.allows(.lock, file.path)
        while isWanted, tipin_lock_file(file.descriptor, exclusive ? 1 : 0, waits ? 1 : 0) != 0 {
            if errno == EINTR { continue }
            throw FileError(.lock, folder.absolutePath(of: name), errno)
        }
        self.file = file
    }

    /// Closing alone would leave the lock to a process that is just being started: it has a copy of the descriptor
    /// until it runs its own program.
    deinit { _ = tipin_unlock_file(file.descriptor) }
}
