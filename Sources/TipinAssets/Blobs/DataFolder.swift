internal import Glibc
internal import Synchronization
package import TipinFiles

/// The folder below which tipin keeps blobs, temporary files, locks and, unless told otherwise, the catalog.
///
/// It is held open: nothing below it is found through a symbolic link, and nothing is written outside it.
package final class DataFolder: Sendable {
    package let root: Folder
    package let clock: WallClock
    /// Folders whose entries above them are known to be durable, as long as this process lives.
    private let durable = Mutex<Set<String>>([])
    private let temporaryCount = Atomic<Int>(0)

    /// Absolute, without symbolic links.
    package var path: String { root.path }

    static let temporaries = "tmp"
    /// Milliseconds after which a temporary file is nobody's, whoever made it.
    private static let longestWrite: Int64 = 86_400_000

    /// Opens the folder, and where `creates` is true makes it and clears away what crashed processes left.
    package init(
        path: String, creates: Bool, clock: WallClock = .system, failpoint: Failpoint? = nil
    ) throws(DataFolderError) {
        self.clock = clock
        do throws(FileError) {
            if creates { try Self.create(path, failpoint) }
            root = try Folder(opening: path, failpoint: failpoint)
        } catch {
            throw error.number == ENOENT && !creates ? .missing(path: path) : .file(error)
        }
        try refuseOthers()
        guard creates else { return }
        do throws(FileError) {
            try makeDurable()
            try root.createFolders(Self.temporaries, mode: 0o700)
            removeStaleTemporaries()
        } catch {
            throw .file(error)
        }
    }

    /// Taken shared by whoever imports, from the first blob to the catalog's commit; exclusive by clean-up.
    /// - Throws: `.inUse` where another process holds it and it is not waited for.
    package func importLock(exclusive: Bool = false, waits: Bool = true) throws(DataFolderError) -> FileLock {
        do throws(FileError) {
            return try FileLock("import.lock", in: root, exclusive: exclusive, waits: waits)
        } catch {
            throw error.isHeldElsewhere ? .inUse(path: path) : .file(error)
        }
    }

    /// Whether this process may make files in it.
    package var isWritable: Bool { access(root.path, W_OK | X_OK) == 0 }

    // MARK: Opening

    /// Makes the missing folders on the way, private ones, each durable before there is one in it.
    private static func create(_ path: String, _ failpoint: Failpoint?) throws(FileError) {
        var missing: [Substring] = []
        var existing = path[...]
        while existing.last == "/", existing.count > 1 { existing.removeLast() }
        while true {
            do throws(FileError) {
                let folder = try Folder(opening: existing.isEmpty ? "." : String(existing), failpoint: failpoint)
                var name = ""
                for part in missing.reversed() {
                    name += (name.isEmpty ? "" : "/") + part
                    for changed in try folder.createFolders(name, mode: 0o700) { try folder.syncFolder(changed) }
                }
                return
            } catch {
                guard error.operation == .open, error.number == ENOENT, existing != "/", !existing.isEmpty else {
                    throw error
                }
            }
            let slash = existing.lastIndex(of: "/")
            missing.append(slash.map { existing[existing.index(after: $0)...] } ?? existing)
            existing = slash.map { $0 == existing.startIndex ? "/" : existing[..<$0] } ?? ""
        }
    }

    /// Another process may have been stopped between making the folder and making it durable.
    private func makeDurable() throws(FileError) {
        guard try root.status(of: "books") == nil,
            let parent = try? Folder(
                opening: path + "/..", failpoint: root.failpoint)
        else { return }
        try parent.syncFolder()
    }

    private func refuseOthers() throws(DataFolderError) {
        let status: FileStatus?
        do throws(FileError) { status = try root.status(of: ".") } catch { throw .file(error) }
        guard let status else { throw .missing(path: path) }
        guard status.owner == geteuid() else { throw .foreign(path: path, owner: status.owner) }
        guard status.mode & 0o022 == 0 else { throw .writableByOthers(path: path, mode: status.mode) }
    }

    // MARK: Temporary files

    /// A name below `tmp/` that no other process and no other call uses.
    func temporaryName() -> String {
        let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
        let random = String(UInt32.random(in: .min ... .max), radix: 16)
        return "\(Self.temporaries)/\(ProcessIdentity.current.text)-\(number)-\(random)"
    }

    /// Where lines are put aside for as long as this process needs them.
    package func lineSpool() throws(FileError) -> LineSpool { try LineSpool(temporaryName(), in: root) }

    /// One that cannot be removed is in nobody's way, so this never fails.
    private func removeStaleTemporaries() {
        for file in staleTemporaries() { try? root.removeFile(file) }
    }

    /// Temporary files of runs that are no more, relative to the data folder.
    package func staleTemporaries() -> [String] {
        ((try? root.names(in: Self.temporaries)) ?? []).map { Self.temporaries + "/" + $0 }.filter { file in
            guard let status = try? root.status(of: file), status.kind != .folder else { return false }
            let age = clock.now() - status.modified / 1_000_000
            let maker = String(file.dropFirst(Self.temporaries.count + 1).prefix { $0 != "-" })
            return age > Self.longestWrite || ProcessIdentity.isGone(maker)
        }
    }

    // MARK: Durable folders

    func isDurable(_ folder: String) -> Bool { durable.withLock { $0.contains(folder) } }

    func noteDurable(_ folders: Set<String>) { durable.withLock { $0.formUnion(folders) } }
}
