internal import Glibc
internal import Synchronization
internal import TipinFiles

/// Puts a blob into the folder of a remote, whole or not at all.
final class FolderCopyWriter: Sendable {
    private let root: String
    private let umask: UInt32
    private let failpoint: Failpoint?
    /// Books whose leftovers are removed: to list a folder for each of its files would be quadratic.
    private let sweptBooks = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - root: absolute.
    ///   - umask: bits taken from the modes 0644 and 0755, but for the owner's: tipin must reach what it made.
    init(root: String, umask: UInt32, failpoint: Failpoint?) {
        self.root = root
        self.umask = umask
        self.failpoint = failpoint
    }

    /// - Parameter name: of the file below the root, `<book>/<file>`.
    func write(_ item: UploadItem, to name: String) throws(RemoteError) {
        let isSound: Bool
        do throws(FileError) {
            let folder = try openRoot()
            let book = String(name.prefix { $0 != "/" })
            try make(book, in: folder)
            try removeLeftovers(in: book, of: folder)
            isSound = try put(item, at: name, book, in: folder)
            // Also where the file stood already: whoever made it may have died before this.
            try folder.syncFolder(book)
        } catch {
            throw .file(error)
        }
        if !isSound { throw .damaged(path: item.path) }
    }

    /// The folder at the path, or the nearest one above it that exists.
    static func nearestExisting(_ path: String) -> String {
        var path = path
        while access(path, F_OK) != 0, path != "/", let slash = path.lastIndex(of: "/") {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return path
    }

    // MARK: Folders

    private func openRoot() throws(FileError) -> Folder {
        let existing = Self.nearestExisting(root)
        let missing = root.dropFirst(existing.count)
        if !missing.isEmpty { try make(String(missing), in: Folder(opening: existing, failpoint: failpoint)) }
        return try Folder(opening: root, failpoint: failpoint)
    }

    private func make(_ name: String, in folder: Folder) throws(FileError) {
        for parent in try folder.createFolders(name, mode: 0o755 & ~umask | 0o700) { try folder.syncFolder(parent) }
    }

    // MARK: The file

    /// - Returns: `false` where the blob has not its digest; then nothing was put in place.
    private func put(
        _ item: UploadItem, at name: String, _ book: String, in folder: Folder
    ) throws(FileError) -> Bool {
        if try hasCopy(name, item, in: folder) { return true }
        return try copy(item, name, book, in: folder)
    }

    private func hasCopy(_ name: String, _ item: UploadItem, in folder: Folder) throws(FileError) -> Bool {
        guard let status = try folder.status(of: name), status.kind == .regular, status.size == item.size else {
            return false
        }
        return try SHA256Hex.digest(of: folder.openFile(name)) == item.sha256
    }

    private func copy(
        _ item: UploadItem, _ name: String, _ book: String, in folder: Folder
    ) throws(FileError) -> Bool {
        let random = UInt64.random(in: .min ... .max)
        let temporary = "\(book)/\(Self.prefix)\(ProcessIdentity.current.text)-\(random)\(Self.suffix)"
        do throws(FileError) {
            // A copy, never a second name of the blob: what serves the folder may change its mode or its bytes.
            guard try fill(temporary, with: item, in: folder) else {
                try folder.removeFile(temporary)
                return false
            }
            try rename(temporary, name, item, in: folder)
            return true
        } catch {
            try? folder.removeFile(temporary)
            throw error
        }
    }

    private func fill(_ temporary: String, with item: UploadItem, in folder: Folder) throws(FileError) -> Bool {
        let source = try openBlob(item.path)
        // A sibling, so that the rename stays within one file system; private until it is whole.
        let file = try folder.createFile(temporary, mode: 0o600)
        var hash = SHA256Hex()
        while true {
            let chunk = try source.readChunk(upTo: SHA256Hex.chunkSize)
            if chunk.isEmpty { break }
            hash.update(chunk)
            try file.write(chunk)
        }
        guard hash.finish() == item.sha256 else { return false }
        try file.changeMode(to: 0o644 & ~umask | 0o600)
        // The bytes must be durable before a name leads to them.
        try file.sync()
        return true
    }

    /// The last name of the path is not followed if it is a link.
    private func openBlob(_ path: String) throws(FileError) -> OpenFile {
        guard let slash = path.lastIndex(of: "/") else { throw FileError(.open, path, EINVAL) }
        let parent = try Folder(opening: slash == path.startIndex ? "/" : String(path[..<slash]))
        let file = try parent.openFile(String(path[path.index(after: slash)...]))
        guard try file.status().kind == .regular else { throw FileError(.open, path, EINVAL) }
        return file
    }

    private func rename(
        _ temporary: String, _ name: String, _ item: UploadItem, in folder: Folder
    ) throws(FileError) {
        do throws(FileError) {
            try folder.rename(temporary, toNew: name)
        } catch {
            switch error.number {
            // Another run was faster, or what stands there is damaged.
            case EEXIST where try hasCopy(name, item, in: folder): try folder.removeFile(temporary)
            // Network file systems cannot refuse to replace; equal names have equal bytes here.
            case EEXIST, EINVAL, ENOSYS, ENOTSUP: try folder.rename(temporary, replacing: name)
            default: throw error
            }
        }
    }

    // MARK: Leftovers

    private static let prefix = ".tipin-"
    private static let suffix = ".tmp"
    private static let dayInNanoseconds: Int64 = 86_400_000_000_000

    /// Removes temporary files of runs that were killed: the folder is served, so they must not stay for ever.
    private func removeLeftovers(in book: String, of folder: Folder) throws(FileError) {
        guard sweptBooks.withLock({ $0.insert(book).inserted }) else { return }
        let now = WallClock.system.now() * 1_000_000
        for leaf in try folder.names(in: book) where leaf.hasPrefix(Self.prefix) && leaf.hasSuffix(Self.suffix) {
            let name = "\(book)/\(leaf)"
            let maker = String(leaf.dropFirst(Self.prefix.count).prefix { $0 != "-" })
            guard let status = try folder.status(of: name),
                ProcessIdentity.isGone(maker) || now - status.modified > Self.dayInNanoseconds
            else { continue }
            try? folder.removeFile(name)
        }
    }
}
