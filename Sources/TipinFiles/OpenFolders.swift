/// Folders that are held open while many files in them are worked on.
package struct OpenFolders {
    private let failpoint: Failpoint?
    /// By the bytes of their paths: two names that read alike are two folders.
    private var folders: [[UInt8]: Folder] = [:]

    package init(failpoint: Failpoint? = nil) { self.failpoint = failpoint }

    /// - Parameter path: absolute.
    mutating func folder(_ path: String) throws(FileError) -> Folder {
        let failpoint = failpoint
        return try folder(path) { () throws(FileError) in try Folder(opening: path, failpoint: failpoint) }
    }

    /// - Parameters:
    ///   - name: relative to `root`; no symbolic link leads there.
    ///   - root: absolute; it may be a link itself.
    mutating func folder(_ name: String, below root: String) throws(FileError) -> Folder {
        let parent = try folder(root)
        return try folder(root + "/" + name) { () throws(FileError) in try Folder(opening: name, below: parent) }
    }

    private mutating func folder(
        _ path: String, _ open: () throws(FileError) -> Folder
    ) throws(FileError) -> Folder {
        let key = Array(path.utf8)
        if let folder = folders[key] { return folder }
        let folder = try open()
        folders[key] = folder
        return folder
    }
}
