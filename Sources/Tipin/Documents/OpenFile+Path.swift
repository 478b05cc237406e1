internal import TipinFiles

extension OpenFile {
    /// The file that a path leads to, through symbolic links.
    static func following(_ path: String) throws(FileError) -> OpenFile {
        let real = Paths.real(path)
        return try Folder(opening: Paths.parent(of: real)).openFile(Paths.name(of: real))
    }
}
