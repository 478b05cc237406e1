internal import Synchronization
internal import TipinFiles

/// The catalog's file before SQLite opens it.
struct CatalogFile {
    let path: String
    var failpoint: Failpoint?

    /// How many connections this process has, by path.
    private static let connections = Mutex<[String: Int]>([:])

    private var parent: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
    private var name: String { path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }

    func register() { Self.connections.withLock { $0[path, default: 0] += 1 } }

    func unregister() { Self.connections.withLock { $0[path, default: 1] -= 1 } }

    /// Looks at the file, and makes an empty one for `.create`.
    /// - Returns: what SQLite is to open.
    func prepare(_ mode: CatalogMode) throws(CatalogError) -> String {
        let folder: Folder
        do throws(FileError) {
            folder = try Folder(opening: parent, failpoint: failpoint)
        } catch {
            throw error.isMissing && mode != .create ? .missing(path: path) : described(error)
        }
        try refuseStrangers(in: folder)
        guard let status = try translated({ () throws(FileError) in try folder.status(of: name) }) else {
            guard mode == .create else { throw .missing(path: path) }
            try translated { () throws(FileError) in try create(in: folder) }
            return path
        }
        try refuseLinks(status)
        return mode == .readOnly ? try readOnlyAddress(folder) : path
    }

    /// SQLite would give the file the umask's mode. An empty file is an empty database.
    private func create(in folder: Folder) throws(FileError) {
        do throws(FileError) {
            _ = try folder.createFile(name, mode: 0o600)
        } catch {
            guard error.alreadyExists else { throw error }  // Another process was faster.
        }
        try folder.syncFolder()
    }

    /// Through a second name another program would have another journal, and one of the two would damage the file.
    private func refuseLinks(_ status: FileStatus) throws(CatalogError) {
        switch status.kind {
        case .regular where status.linkCount == 1: return
        case .regular: throw .unusable(path: path, words: "the file has \(status.linkCount) names (hard links)")
        case .symbolicLink: throw .unusable(path: path, words: "it is a symbolic link")
        case .folder, .other: throw .unusable(path: path, words: "it is not a file")
        }
    }

    /// SQLite opens these by their names, and would wait for ever at a pipe, or write through a link.
    private func refuseStrangers(in folder: Folder) throws(CatalogError) {
        for suffix in ["-journal", "-wal", "-shm"] {
            let found = try translated { () throws(FileError) in try folder.status(of: name + suffix) }
            guard let found, found.kind != .regular || found.linkCount != 1 else { continue }
            throw .unusable(path: path, words: "'\(name)\(suffix)' beside it is no file of its own")
        }
    }

    /// A file in WAL mode makes SQLite create `-wal` and `-shm` beside it even for a reader. Where no program has it
    /// open both are absent, and it can be read as what does not change.
    private func readOnlyAddress(_ folder: Folder) throws(CatalogError) -> String {
        // Closing a descriptor of ours would drop the locks of a connection of this process; where there is one,
        // the two files are there already.
        guard Self.connections.withLock({ $0[path, default: 0] }) == 0 else { return path }
        let (isWAL, log, index) = try translated { () throws(FileError) in
            let header = try folder.openFile(name).readChunk(upTo: 20)
            return (
                header.count == 20 && header[18...].contains(2), try folder.status(of: name + "-wal"),
                try folder.status(of: name + "-shm")
            )
        }
        guard isWAL, log == nil || index == nil else { return path }
        guard (log?.size ?? 0) == 0 else { throw .unfinished(path: path) }
        return "file:\(Self.escaped(path))?immutable=1"
    }

    /// As SQLite's URI file names want it.
    private static func escaped(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            if byte == UInt8(ascii: "/") || Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return text
    }

    private func translated<T>(_ body: () throws(FileError) -> T) throws(CatalogError) -> T {
        do throws(FileError) {
            return try body()
        } catch {
            throw described(error)
        }
    }

    private func described(_ error: FileError) -> CatalogError {
        if error.isOutOfSpace { return .outOfSpace(path: path) }
        return .unusable(path: path, words: "\(error.systemMessage) (errno \(error.number))")
    }
}
