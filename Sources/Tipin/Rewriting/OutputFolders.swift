internal import TipinFiles

/// Makes the folders that a file is to lie in, each durable before there is something in it.
enum OutputFolders {
    /// - Parameters:
    ///   - path: of the file, absolute.
    ///   - root: absolute; the folder below which no other folder may be a link.
    static func create(
        for path: String, below root: String? = nil, _ failpoint: Failpoint?
    ) throws(DocumentWriter.Failure) {
        let parent = Paths.parent(of: path)
        do throws(FileError) {
            guard let root, let relative = Paths.relative(parent, to: root) else { return try make(parent, failpoint) }
            try make(root, failpoint)
            try make(relative, in: Folder(opening: root, failpoint: failpoint))
        } catch {
            throw error.asFailure
        }
    }

    private static func make(_ path: String, _ failpoint: Failpoint?) throws(FileError) {
        guard !Paths.isFolder(path) else { return }
        var existing = path
        while !Paths.isFolder(existing) { existing = Paths.parent(of: existing) }
        guard let relative = Paths.relative(path, to: existing) else { return }
        try make(relative, in: Folder(opening: existing, failpoint: failpoint))
    }

    private static func make(_ name: String, in folder: Folder) throws(FileError) {
        for changed in try folder.createFolders(name, mode: 0o777, lessUmask: true) { try folder.syncFolder(changed) }
    }
}
