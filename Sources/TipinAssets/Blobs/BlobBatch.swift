internal import TipinFiles

/// The folders whose new entries must become durable before the catalog may name what lies in them.
///
/// Many blobs share their upper folders: each is synced once for all of them.
package struct BlobBatch: Sendable, Equatable {
    private(set) var folders: Set<String> = []

    package init() {}

    mutating func insert(_ folder: String) { folders.insert(folder) }

    package mutating func formUnion(_ other: BlobBatch) { folders.formUnion(other.folders) }

    /// Syncs every folder, the deepest first. Where one fails nothing may name the blobs of the batch.
    package mutating func finish(in data: DataFolder) throws(BlobError) {
        let ordered = folders.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
        for folder in ordered {
            do { try data.root.syncFolder(folder) } catch { throw .file(error) }
        }
        data.noteDurable(folders)
        folders = []
    }
}
