/// Folders that are held open while many files in them are worked on.
package struct OpenFolders {
    private let failpoint: Failpoint?
    /// By the bytes of their paths: two names that read alike are two folders.
    private var folders: [[UInt8]: Folder] = [:]

    package init(failpoint: Failpoint? = nil) { self.failpoint = failpoint }

    /// - Parameter path: absolute.
    mutating func folder(_ path: String) throws(FileError) -> Folder {
        let key = Array(path.utf8)
        if let folder = folders[key] { return folder }
        let folder = try Folder(opening: path, failpoint: failpoint)
        folders[key] = folder
        return folder
    }
}
