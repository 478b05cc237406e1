package import TipinFiles

/// Why a folder cannot hold assets.
package enum DataFolderError: Error, Sendable, Equatable {
    case missing(path: String)
    /// It belongs to another user: what it holds could be changed under our hands.
    case foreign(path: String, owner: UInt32)
    /// Its group or everybody may write to it; its permission bits.
    case writableByOthers(path: String, mode: UInt32)
    /// Another process imports into it, or cleans it up.
    case inUse(path: String)
    case file(FileError)
}
