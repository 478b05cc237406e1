internal import TipinAssets
internal import TipinFiles

/// The file of a journal while it is written.
final class JournalFile {
    private var file: OpenFile?
    private let folder: RunFolder
    private let run: String
    /// After a failure nobody knows what stands at the end: nothing may follow it.
    private var failure: FileError?

    init(_ folder: RunFolder, run: String) throws(FileError) {
        (self.folder, self.run) = (folder, run)
        let root = folder.folder.root
        for changed in try root.createFolders(RunFolder.name, mode: 0o700) { try root.syncFolder(changed) }
        file = try root.createFile(folder.place(of: run), mode: 0o600)
        try root.syncFolder(RunFolder.name)
    }

    func append(_ bytes: [UInt8]) throws(FileError) {
        try write(bytes)
        try sync()
    }

    func write(_ bytes: [UInt8]) throws(FileError) { try failing { file throws(FileError) in try file.write(bytes) } }

    func sync() throws(FileError) { try failing { file throws(FileError) in try file.sync() } }

    /// Lets nothing follow: a line stands there in part.
    func giveUp(_ error: FileError) { failure = failure ?? error }

    private func failing(_ body: (borrowing OpenFile) throws(FileError) -> Void) throws(FileError) {
        if let failure { throw failure }
        do throws(FileError) {
            if file != nil { try body(file!) }  // Safe because it was looked at just before.
        } catch {
            failure = error
            throw error
        }
    }

    func close() { file = nil }

    /// Removes a file that is closed.
    func remove() throws(FileError) { try folder.remove(run) }
}
