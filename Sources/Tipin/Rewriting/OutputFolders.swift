internal import TipinFiles

/// Makes the folders that a file is to lie in, each durable before there is something in it.
enum OutputFolders {
    /// - Parameter path: of the file, absolute.
    static func create(for path: String, _ failpoint: Failpoint?) throws(FileError) {
        let parent = Paths.parent(of: path)
        guard !Paths.isFolder(parent) else { return }
        var existing = parent
        while !Paths.isFolder(existing) { existing = Paths.parent(of: existing) }
        let folder = try Folder(opening: existing, failpoint: failpoint)
        guard let relative = Paths.relative(parent, to: existing) else { return }
        for changed in try folder.createFolders(relative, mode: 0o777, lessUmask: true) {
            try folder.syncFolder(changed)
        }
    }
}
