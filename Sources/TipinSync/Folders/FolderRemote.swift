internal import Glibc
package import TipinFiles

/// A folder that a web server, a CDN or a shared drive serves: `<book>/<sha256>.<ext>` below it and below its base.
package final class FolderRemote: Remote {
    package let name: RemoteName
    private let path: String
    private let addresses: FolderAddresses
    private let writer: FolderCopyWriter
    private let threads: TransferThreads
    private let failpoint: Failpoint?

    /// Looks at nothing and creates nothing; the folder is made at the first upload.
    /// - Parameters:
    ///   - path: absolute, without `.` and `..`.
    ///   - base: the address under which the folder is served; `nil` if it is not.
    ///   - umask: bits taken from the modes 0644 and 0755, but for the owner's.
    package init(
        path: String, base: WebURL?, umask: UInt32 = 0o022, threads: TransferThreads, failpoint: Failpoint? = nil
    ) {
        name = RemoteName(rawValue: "folder:" + path)
        self.path = path
        addresses = FolderAddresses(base: base)
        writer = FolderCopyWriter(root: path, umask: umask, failpoint: failpoint)
        self.threads = threads
        self.failpoint = failpoint
    }

    package var canPublish: Bool { addresses.base != nil }

    package func owns(_ url: String) -> Bool { addresses.fileName(of: url) != nil }

    package func currentURL(bookID: String, sha256: String, ext: String) -> String? {
        addresses.fileName(bookID: bookID, sha256: sha256, ext: ext).flatMap { addresses.url(of: $0) }
    }

    package func upload(_ item: UploadItem) async throws(RemoteError) -> RemoteCopy {
        guard let file = addresses.fileName(bookID: item.bookID, sha256: item.sha256, ext: item.ext) else {
            throw .file(FileError(.createFile, "\(path)/\(item.bookID)/\(item.sha256).\(item.ext)", EINVAL))
        }
        if Task.isCancelled { throw .cancelled }
        let writer = writer
        try await blocking { () throws(RemoteError) in try writer.write(item, to: file) }
        let url = addresses.url(of: file)
        // Without an address the place below the folder is all that names the copy.
        return RemoteCopy(id: url == nil ? file : nil, url: url)
    }

    package func presence(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        guard let file = addresses.fileName(of: url) else { return .unknown(.notOurs(url: url)) }
        do throws(RemoteError) {
            return try await blocking { () throws(RemoteError) in
                try self.look(at: file, sha256: sha256, size: size)
            }
        } catch {
            return .unknown(error)
        }
    }

    /// Looking at a file reads it whole.
    package func comparison(of url: String, id: String?, sha256: String, size: Int?) async -> RemotePresence {
        await presence(of: url, id: id, sha256: sha256, size: size)
    }

    package func download(_ url: String, maxBytes: Int) async throws(RemoteError) -> [UInt8] {
        guard let file = addresses.fileName(of: url) else { throw .notOurs(url: url) }
        return try await blocking { () throws(RemoteError) in
            try self.read(file, url, maxBytes: maxBytes)
        }
    }

    package func probe() async throws(RemoteError) {
        let path = path
        try await blocking { () throws(RemoteError) in
            let existing = FolderCopyWriter.nearestExisting(path)
            do throws(FileError) {
                _ = try Folder(opening: existing)
            } catch {
                throw .file(error)
            }
            guard access(existing, W_OK | X_OK) == 0 else { throw .file(FileError(.createFile, existing, errno)) }
        }
    }

    // MARK: Parts

    private func look(at file: String, sha256: String, size: Int?) throws(RemoteError) -> RemotePresence {
        do throws(FileError) {
            let folder = try Folder(opening: path, failpoint: failpoint)
            guard let status = try folder.status(of: file) else { return .missing }
            guard status.kind == .regular else { return .different("it is not a regular file") }
            let digest = try SHA256Hex.digest(of: folder.openFile(file))
            if digest == sha256 { return .present }
            if let size, status.size != size { return .different("it has \(status.size) bytes in place of \(size)") }
            return .different("its SHA-256 is \(digest)")
        } catch {
            if error.isMissing { return .missing }
            throw .file(error)
        }
    }

    private func read(_ file: String, _ url: String, maxBytes: Int) throws(RemoteError) -> [UInt8] {
        do throws(FileError) {
            let opened = try Folder(opening: path, failpoint: failpoint).openFile(file)
            let status = try opened.status()
            guard status.kind == .regular else { throw FileError(.open, opened.path, EINVAL) }
            return try opened.readAll(limit: maxBytes)
        } catch {
            if error.isMissing { throw .missing(url: url) }
            if error.number == EFBIG { throw .tooLarge(limit: maxBytes) }
            throw .file(error)
        }
    }

    /// A drive may be slow or far away: its calls must not hold up the threads that everything else runs on.
    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws(RemoteError) -> Value
    ) async throws(RemoteError) -> Value {
        try await threads.run { _ in Result(catching: body) }.get()
    }
}
