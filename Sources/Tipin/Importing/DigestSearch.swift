internal import Glibc
internal import Synchronization
internal import TipinAssets
internal import TipinDiagnostics
internal import TipinFiles

/// Finds bytes by their digest below the folders of `--search`. The folders are read once, when the first digest is
/// asked for.
final class DigestSearch: Sendable {
    private let folders: [String]
    /// Bytes; larger files are no candidates.
    private let limit: Int
    private let index = Mutex<Index?>(nil)

    /// What stands below the folders.
    private struct Index {
        var paths: [SHA256Digest: String] = [:]
        /// Folders that could not be read.
        var failures: [FileError] = []
    }

    init(folders: [String], limit: Int) {
        self.folders = folders
        self.limit = limit
    }

    /// Whether there is no folder to look into.
    var isEmpty: Bool { folders.isEmpty }

    func bytes(of digest: SHA256Digest) -> [UInt8]? {
        guard !folders.isEmpty else { return nil }
        let path = index.withLock { index -> String? in
            let known = index ?? makeIndex()
            index = known
            return known.paths[digest]
        }
        guard let path, let bytes = read(path), SHA256Digest(of: bytes) == digest else { return nil }
        return bytes
    }

    /// What is to be said of folders below that could not be read: what is in them was not found. Empty as long as
    /// nothing was searched.
    var unread: [Diagnostic] {
        let failures = index.withLock { $0?.failures ?? [] }
        guard !failures.isEmpty else { return [] }
        let shown = failures.prefix(3).flatMap(\.problem.notes)
        let problem = Problem(
            .documentUnreadable, "folders that were searched for bytes could not all be read",
            notes: shown + (failures.count > 3 ? ["and \(failures.count - 3) more"] : []),
            help: ["mend their permissions if what is missing may be there"])
        return [Diagnostic(problem, severity: .note)]
    }

    private func makeIndex() -> Index {
        var index = Index()
        var waiting = folders
        while let folder = waiting.popLast() {
            let names: [String]
            do throws(FileError) {
                names = try Folder(opening: folder).names()
            } catch {
                index.failures.append(error)
                continue
            }
            for name in names {
                let path = folder + "/" + name
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    waiting.append(path)
                } else if status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit, let bytes = read(path) {
                    index.paths[SHA256Digest(of: bytes)] = path
                }
            }
        }
        return index
    }

    private func read(_ path: String) -> [UInt8]? {
        try? Folder(opening: Paths.parent(of: path)).openFile(Paths.name(of: path)).readAll(limit: limit)
    }
}
