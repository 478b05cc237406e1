internal import CLinux
internal import Glibc

/// A folder held open; every name given to it is looked up below it and nowhere else.
///
/// Relative paths are resolved by `openat2(2)` with `RESOLVE_BENEATH`, `NO_SYMLINKS` and `NO_MAGICLINKS`: a link
/// planted inside the folder, or a `..`, is refused with `ELOOP` or `EXDEV` however often the folder is changed
/// meanwhile.
package final class Folder: Sendable {
    /// Absolute, as it was when opened.
    package let path: String
    package let failpoint: Failpoint?
    let descriptor: Int32

    /// Opens an existing folder; symbolic links on the way to it are followed.
    package init(opening path: String, failpoint: Failpoint? = nil) throws(FileError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path, errno) }
        self.descriptor = descriptor
        self.failpoint = failpoint
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        self.path = count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : path
    }

    /// Opens an existing folder below another one; no symbolic link leads there.
    init(opening name: String, below folder: Folder) throws(FileError) {
        path = folder.absolutePath(of: name)
        failpoint = folder.failpoint
        let descriptor = tipin_open_beneath(folder.descriptor, name, O_RDONLY | O_DIRECTORY, 0)
        guard descriptor >= 0 else { throw FileError(.openFolder, folder.absolutePath(of: name), errno) }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// `nil` where the system does not tell.
    var identity: FolderIdentity? {
        var result = stat()
        guard fstat(descriptor, &result) == 0 else { return nil }
        return FolderIdentity(device: UInt64(result.st_dev), inode: UInt64(result.st_ino))
    }

    package func absolutePath(of name: String) -> String {
        name == "." ? path : (path == "/" ? "" : path) + "/" + name
    }

    // MARK: Reading

    /// Opens a file for reading without waiting for a pipe's other end.
    package func openFile(_ name: String) throws(FileError) -> OpenFile {
        try open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY, mode: 0, .open)
    }

    /// `nil` where nothing has that name. A symbolic link is reported as one.
    package func status(of name: String) throws(FileError) -> FileStatus? {
        var result = stat()
        let outcome: Int32
        do throws(FileError) {
            outcome = try withParent(of: name) { fstatat($0, $1, &result, AT_SYMLINK_NOFOLLOW) }
        } catch {
            if error.isMissing { return nil }
            throw error
        }
        guard outcome == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError(.status, absolutePath(of: name), errno)
        }
        return FileStatus(result)
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`. Empty where the folder is missing.
    package func names(in folder: String = ".") throws(FileError) -> [String] {
        let opened = tipin_open_beneath(descriptor, folder, O_RDONLY | O_DIRECTORY, 0)
        guard opened >= 0 else {
            if errno == ENOENT { return [] }
            throw FileError(.list, absolutePath(of: folder), errno)
        }
        guard let stream = fdopendir(opened) else {
            let number = errno
            close(opened)
            throw FileError(.list, absolutePath(of: folder), number)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // Only the number tells the end from a fault: names that a disk did not give must not count as none.
            errno = 0
            guard let entry = readdir(stream) else {
                let number = errno
                guard number == 0 else { throw FileError(.list, absolutePath(of: folder), number) }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Bytes that may still be written to its file system without special rights.
    package func availableBytes() throws(FileError) -> Int {
        var result = statvfs()
        guard fstatvfs(descriptor, &result) == 0 else { throw FileError(.status, path, errno) }
        return Int(clamping: UInt64(result.f_bavail).multipliedFullWidth(by: UInt64(result.f_frsize)).low)
    }

    // MARK: Changing

    /// Creates a file that must not exist yet, open for reading and writing.
    /// - Parameter lessUmask: whether the process's umask takes bits away, but for the owner's own; otherwise the mode
    ///   holds whatever it is.
    package func createFile(_ name: String, mode: UInt32, lessUmask: Bool = false) throws(FileError) -> OpenFile {
        _ = try failpoint.allows(.createFile, absolutePath(of: name))
        let file = try open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, .createFile)
        do throws(FileError) {
            try file.holdMode(lessUmask ? mode & 0o600 : mode)
        } catch {
            // Nobody else can have made it.
            try? removeFile(name)
            throw error
        }
        return file
    }

    /// Opens a file for reading and writing, creating it with `mode`, whatever the umask, where it is missing.
    package func openOrCreateFile(_ name: String, mode: UInt32) throws(FileError) -> OpenFile {
        let isNew = try status(of: name) == nil
        if isNew { _ = try failpoint.allows(.createFile, absolutePath(of: name)) }
        let file = try open(name, O_RDWR | O_CREAT | O_NOFOLLOW, mode: mode, .createFile)
        if isNew { try file.holdMode(mode) }
        return file
    }

    /// Creates the folder and those above it that are missing, each with `mode`.
    /// - Parameter lessUmask: whether the process's umask takes bits away, but for the owner's own; otherwise the mode
    ///   holds whatever it is.
    /// - Returns: the parents in which an entry was made, which need a `syncFolder` before the new folder is durable.
    @discardableResult
    package func createFolders(
        _ name: String, mode: UInt32, lessUmask: Bool = false
    ) throws(FileError) -> [String] {
        var changed: [String] = []
        var current = ""
        for part in name.split(separator: "/") where part != "." {
            let parent = current.isEmpty ? "." : current
            current = current.isEmpty ? String(part) : current + "/" + part
            if try createFolder(current, mode: mode, lessUmask) { changed.append(parent) }
        }
        return changed
    }

    private func createFolder(_ name: String, mode: UInt32, _ lessUmask: Bool) throws(FileError) -> Bool {
        if let status = try status(of: name) {
            let number = status.kind == .symbolicLink ? ELOOP : ENOTDIR
            guard status.kind == .folder else { throw FileError(.createFolder, absolutePath(of: name), number) }
            return false
        }
        _ = try failpoint.allows(.createFolder, absolutePath(of: name))
        let outcome = try withParent(of: name) { folder, leaf in
            guard mkdirat(folder, leaf, mode) == 0 else { return Int32(-1) }
            guard lessUmask else { return fchmodat(folder, leaf, mode, 0) }
            var status = stat()
            guard fstatat(folder, leaf, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return -1 }
            let bits = status.st_mode & 0o7777
            return mode & 0o700 & ~bits == 0 ? 0 : fchmodat(folder, leaf, bits | mode & 0o700, 0)
        }
        guard outcome == 0 else {
            if errno == EEXIST { return false }  // Another process was faster.
            throw FileError(.createFolder, absolutePath(of: name), errno)
        }
        return true
    }

    /// Makes the entries of a folder durable.
    package func syncFolder(_ name: String = ".") throws(FileError) {
        guard try failpoint.allows(.syncFolder, absolutePath(of: name)) else { return }
        let folder = tipin_open_beneath(descriptor, name, O_RDONLY | O_DIRECTORY, 0)
        guard folder >= 0 else { throw FileError(.syncFolder, absolutePath(of: name), errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw FileError(.syncFolder, absolutePath(of: name), errno) }
    }

    /// Renames and fails with `EEXIST` where the new name is taken.
    package func rename(_ from: String, toNew to: String) throws(FileError) {
        try pair(.rename, from, to, tipin_rename_no_replace)
    }

    /// Renames, replacing a file that has the new name.
    package func rename(_ from: String, replacing to: String) throws(FileError) {
        try pair(.rename, from, to, renameat)
    }

    /// Swaps two names in one step (`RENAME_EXCHANGE`); `EINVAL` where the file system cannot.
    package func exchange(_ one: String, _ other: String) throws(FileError) {
        try pair(.exchange, one, other, tipin_rename_exchange)
    }

    /// Gives a file a second name, which must not exist yet.
    package func link(_ from: String, toNew to: String) throws(FileError) {
        try pair(.link, from, to) { linkat($0, $1, $2, $3, 0) }
    }

    package func removeFile(_ name: String) throws(FileError) {
        try remove(name, flags: 0, .removeFile)
    }

    /// Removes an empty folder.
    package func removeFolder(_ name: String) throws(FileError) {
        try remove(name, flags: AT_REMOVEDIR, .removeFolder)
    }

    // MARK: Parts

    private func open(
        _ name: String, _ flags: Int32, mode: UInt32, _ operation: FileOperation
    ) throws(FileError) -> OpenFile {
        let opened = tipin_open_beneath(descriptor, name, flags, mode)
        guard opened >= 0 else { throw FileError(operation, absolutePath(of: name), errno) }
        return OpenFile(descriptor: opened, path: absolutePath(of: name), failpoint: failpoint)
    }

    private func remove(_ name: String, flags: Int32, _ operation: FileOperation) throws(FileError) {
        guard try failpoint.allows(operation, absolutePath(of: name)) else { return }
        let outcome = try withParent(of: name) { unlinkat($0, $1, flags) }
        guard outcome == 0 else { throw FileError(operation, absolutePath(of: name), errno) }
    }

    private func pair(
        _ operation: FileOperation, _ from: String, _ to: String,
        _ call: (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>) -> Int32
    ) throws(FileError) {
        guard try failpoint.allows(operation, absolutePath(of: to)) else { return }
        let outcome = try withParent(of: from, operation) { source, sourceLeaf throws(FileError) in
            try withParent(of: to, operation) { target, targetLeaf in call(source, sourceLeaf, target, targetLeaf) }
        }
        guard outcome == 0 else { throw FileError(operation, absolutePath(of: to), errno) }
    }

    /// Runs `body` with the folder that a name stands in, and the last part of the name. `errno` is what `body` left.
    private func withParent<Result>(
        of name: String, _ operation: FileOperation = .open,
        _ body: (Int32, String) throws(FileError) -> Result
    ) throws(FileError) -> Result {
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return try body(descriptor, name) }
        let parent = String(name[..<slash])
        let folder = tipin_open_beneath(descriptor, parent, TIPIN_O_PATH | O_DIRECTORY, 0)
        guard folder >= 0 else { throw FileError(operation, absolutePath(of: parent), errno) }
        defer {
            let number = errno
            close(folder)
            errno = number
        }
        return try body(folder, String(name[name.utf8.index(after: slash)...]))
    }
}
