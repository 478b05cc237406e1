/// Every kind of file call that tipin makes; those that change state are the steps a crash can fall between.
package enum FileOperation: String, Sendable, CaseIterable {
    // Read
    case open, openFolder, read, status, list, lock
    // Change
    case createFile, createFolder, write, sync, syncFolder, rename, exchange, link, removeFile, removeFolder,
        changeMode, changeOwner, changeAttributes

    /// Whether the call changes what is on disk.
    package var changesState: Bool {
        switch self {
        case .open, .openFolder, .read, .status, .list, .lock: false
        default: true
        }
    }
}
