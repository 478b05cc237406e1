/// The new bytes of a document under the name of a hidden sibling, so that they can take its place within one file
/// system. The name begins with a dot: walks skip it.
final class NewBytes {
    private let folder: Folder
    private var temporary: TemporaryDocument
    /// Open until the bytes are durable: a file opened again may not tell of a write that failed.
    private var file: OpenFile?

    /// Writes the bytes, not durable yet.
    /// - Parameter original: what is to be replaced, whose mode and owner the new file gets; `nil` for a new document.
    init(
        _ bytes: [UInt8], for name: String, in folder: Folder, over original: (bytes: [UInt8], status: FileStatus)?
    ) throws(FileError) {
        self.folder = folder
        temporary = TemporaryDocument(of: name, new: bytes, original: original?.bytes)
        do throws(FileError) {
            // Nobody may read the new bytes of a private document, also before it has its mode.
            let file = try folder.createFile(temporary.name, mode: original == nil ? 0o666 : 0o600)
            try file.write(bytes)
            if let status = original?.status {
                if status.mode != 0o600 { try file.changeMode(to: status.mode) }
                try Self.keepOwner(of: status, file)
            }
            self.file = consume file
        } catch {
            discard()
            throw error
        }
    }

    /// - Returns: the name under which the bytes are whole, whatever happens.
    func makeDurable() throws(FileError) -> String {
        let part = temporary.name
        do throws(FileError) {
            try file?.sync()
            file = nil
            temporary.isComplete = true
            try folder.rename(part, toNew: temporary.name)
            return temporary.name
        } catch {
            temporary.isComplete = false
            discard()
            throw error
        }
    }

    func discard() {
        file = nil
        try? folder.removeFile(temporary.name)
    }

    /// Only a privileged process may give files away; for others the owner is their own already, or cannot be kept.
    private static func keepOwner(of status: FileStatus, _ file: borrowing OpenFile) throws(FileError) {
        let own = try file.status()
        guard own.owner != status.owner || own.group != status.group else { return }
        do throws(FileError) {
            try file.changeOwner(to: status.owner, group: status.group)
            try file.changeMode(to: status.mode)
        } catch {
            if !error.isPermission { throw error }
        }
    }
}
