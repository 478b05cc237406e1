/// The new bytes of a document under the name of a hidden sibling, so that they can take its place within one file
/// system. The name begins with a dot: walks skip it.
final class NewBytes {
    let folder: Folder
    /// That of the document.
    let name: String
    /// Of what is to be replaced, whose mode and owner the new file gets; `nil` for a new document.
    private let standing: FileStatus?
    /// What a new document gets; `nil` for what every new file has.
    private let attributes: FileAttributes?
    private var temporary: TemporaryDocument
    private(set) var hash = ByteHash()
    /// Open until the bytes are durable: a file opened again may not tell of a write that failed.
    private var file: OpenFile?

    init(
        for name: String, in folder: Folder, over standing: FileStatus?, attributes: FileAttributes? = nil
    ) throws(FileError) {
        self.folder = folder
        self.name = name
        self.standing = standing
        self.attributes = attributes
        temporary = TemporaryDocument(of: name)
        // Nobody may read the new bytes of a private document, also before it has its mode.
        file =
            standing == nil && attributes == nil
            ? try folder.createFile(temporary.name, mode: 0o666, lessUmask: true)
            : try folder.createFile(temporary.name, mode: 0o600)
    }

    deinit { discard() }

    /// Writes bytes, not durable yet. After a failure nothing is left of them.
    func append(_ bytes: [UInt8]) throws(FileError) {
        hash.update(bytes)
        do throws(FileError) {
            try file?.write(bytes)
        } catch {
            discard()
            throw error
        }
    }

    /// Waits until all bytes are on the disk, and leaves them to the change that they are for. After a failure nothing
    /// is left of them.
    /// - Parameters:
    ///   - original: what the change is to replace; `nil` for a new document.
    ///   - new: tells the bytes better than their hash.
    func change(from original: StandingBytes?, to new: StandingBytes? = nil) throws(FileError) -> any StagedChange {
        do throws(FileError) {
            try complete(original)
        } catch {
            discard()
            throw error
        }
        file = nil
        let new = new ?? StandingBytes(hash: hash)
        guard let original else {
            return DocumentCreation(folder: folder, name: name, temporary: temporary.name, new: new)
        }
        return DocumentSwap(folder: folder, name: name, temporary: temporary.name, original: original, new: new)
    }

    /// Removes what was written; nothing once a change has it.
    func discard() {
        if file != nil { try? folder.removeFile(temporary.name) }
        file = nil
    }

    private func complete(_ original: StandingBytes?) throws(FileError) {
        if let standing {
            let attributes = try attributesStanding()
            try give(attributes, mode: standing.mode, owner: standing)
        } else if let attributes {
            try give(attributes, mode: attributes.mode, owner: nil)
        }
        // The bytes must be durable before a name leads to them.
        try file?.sync()
        var whole = temporary
        (whole.new, whole.original, whole.isComplete) = (hash.value, original?.hash ?? 0, true)
        try folder.rename(temporary.name, toNew: whole.name)
        temporary = whole
    }

    /// Who may read and write the document stays as it was: where that cannot be, nothing is written.
    ///
    /// Attributes of people and programs give nobody access: a file that is made again, perhaps on a file system that
    /// knows none, comes back without them rather than not at all.
    ///
    /// Until then nobody but its owner may read it. What the mode says of the group is what the access
    /// list leaves to it at most, and so more than the group may: the list alone sets those bits.
    private func give(_ attributes: FileAttributes?, mode: UInt32, owner: FileStatus?) throws(FileError) {
        // Safe because it was looked at just before.
        if file != nil { try attributes?.giveUsers(to: file!, givesAll: owner != nil) }
        if let owner { try keepOwner(of: owner) }
        let hasList = attributes?.accessList != nil
        if file != nil { try attributes?.giveAccessList(to: file!) }  // Safe because it was looked at just before.
        let lacksBits = hasList ? mode & 0o7000 != 0 : mode != 0o600
        if lacksBits { try file?.changeMode(to: mode) }
    }

    /// `nil` where what was read is gone meanwhile, which the change tells.
    private func attributesStanding() throws(FileError) -> FileAttributes? {
        do throws(FileError) {
            return try FileAttributes(of: folder.openFile(name))
        } catch {
            if error.isMissing || error.leavesFolder { return nil }
            throw error
        }
    }

    /// Only a privileged process may give files away.
    private func keepOwner(of status: FileStatus) throws(FileError) {
        guard let own = try file?.status(), own.owner != status.owner || own.group != status.group else { return }
        try file?.changeOwner(to: status.owner, group: status.group)
    }
}
