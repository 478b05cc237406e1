internal import TipinFiles

/// What a file that is removed has beside its bytes and its owner, as journals have it.
struct RecordedAttributes: Sendable, Equatable, Codable {
    /// Permission bits.
    var mode: UInt32
    /// As the kernel tells it; `nil` where only the mode says who may do what.
    var accessList: RecordedBytes?
    /// By their names, with `user.`; `nil` for none.
    var users: [String: RecordedBytes]?
}

extension RecordedAttributes {
    /// - Throws: `FileError` where the file cannot be read.
    init(ofFileAt path: String) throws {
        let attributes = try FileAttributes(of: OpenFile.following(path))
        mode = attributes.mode
        accessList = attributes.accessList.map { RecordedBytes($0) }
        users = attributes.users.isEmpty ? nil : attributes.users.mapValues { RecordedBytes($0) }
    }

    /// For the file when it is made again.
    var attributes: FileAttributes {
        FileAttributes(
            mode: mode, accessList: accessList?.bytes, users: (users ?? [:]).mapValues(\.bytes))
    }
}
