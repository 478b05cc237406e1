import Foundation
import TipinFiles
import TipinSync
import TipinTestSupport

/// A served folder of a test's own: `srv` below the temporary folder, with `base` as its address.
struct ServedFolder {
    let temporary: TemporaryFolder
    let remote: FolderRemote

    init(
        in temporary: TemporaryFolder? = nil, base: String? = "https://cdn.example/pictures", umask: UInt32 = 0o022,
        failpoint: Failpoint? = nil
    ) throws {
        self.temporary = try temporary ?? TemporaryFolder()
        remote = FolderRemote(
            path: self.temporary.path + "/srv", base: try base.map { try WebURL($0) }, umask: umask,
            threads: TransferThreads(count: 2), failpoint: failpoint)
    }

    /// Every file below, by its path there.
    func files() -> [String] {
        let all = FileManager.default.enumerator(atPath: temporary.path + "/srv")?.allObjects as? [String] ?? []
        return all.filter { (try? status($0))?.kind != .folder }.sorted()
    }

    func status(_ name: String) throws -> FileStatus? { try temporary.folder().status(of: "srv/" + name) }
}
