internal import Glibc
internal import Synchronization
internal import TipinAssets
internal import TipinFiles

/// Finds bytes by their digest below the folders of `--search`. The folders are read once, when the first digest is
/// asked for.
final class DigestSearch: Sendable {
    private let folders: [String]
    /// Bytes; larger files are no candidates.
    private let limit: Int
    private let paths = Mutex<[SHA256Digest: String]?>(nil)

    init(folders: [String], limit: Int) {
        self.folders = folders
        self.limit = limit
    }

    /// Whether there is no folder to look into.
    var isEmpty: Bool { folders.isEmpty }

    func bytes(of digest: SHA256Digest) -> [UInt8]? {
        guard !folders.isEmpty else { return nil }
        let path = paths.withLock { paths -> String? in
            if paths == nil { paths = index() }
            return paths?[digest]
        }
        guard let path, let bytes = read(path), SHA256Digest(of: bytes) == digest else { return nil }
        return bytes
    }

    private func index() -> [SHA256Digest: String] {
        var paths: [SHA256Digest: String] = [:]
        var waiting = folders
        while let folder = waiting.popLast() {
            for name in (try? Folder(opening: folder).names()) ?? [] {
                let path = folder + "/" + name
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    waiting.append(path)
                } else if status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit, let bytes = read(path) {
                    paths[SHA256Digest(of: bytes)] = path
                }
            }
        }
        return paths
    }

    private func read(_ path: String) -> [UInt8]? {
        try? Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path)).readAll(limit: limit)
    }
}
