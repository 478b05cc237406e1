internal import TipinFiles

/// The folders whose new entries must become durable before the catalog may name what lies in them.
///
/// Many blobs share their upper folders: each is synced once for all of them.
package struct BlobBatch: Sendable, Equatable {
    private(set) var folders: Set<String> = []

    package init() {}

    mutating func insert(_ folder: String) { folders.insert(folder) }

    package mutating func formUnion(_ other: BlobBatch) { folders.formUnion(other.folders) }

    /// How many syncs may wait for the disk beside one another.
    private static let width = 8

    /// Syncs every folder; in which order is all the same, for nothing names what lies in them before all are done.
    /// Where one fails nothing may name the blobs of the batch.
    package mutating func finish(in data: DataFolder) throws(BlobError) {
        let ordered = folders.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
        do throws(FileError) {
            // Each takes a turn of the disk and next to no time of the processor.
            try BlockingThread.forEach(below: ordered.count, width: Self.width) { number throws(FileError) in
                try data.root.syncFolder(ordered[number])
            }
        } catch {
            throw .file(error)
        }
        data.noteDurable(folders)
        folders = []
    }
}
