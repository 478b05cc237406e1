internal import Glibc

/// New bytes on their way into a document's place, piece by piece: whole in it at the end, or not at all.
package final class DocumentStream {
    private let folder: Folder
    private let name: String
    /// As the caller named it.
    private let path: String
    /// Of what stands there; `nil` where nothing must.
    private let standing: FileStatus?
    /// A sibling, so that the swap stays within one file system. Its name begins with a dot: walks skip it.
    private var temporary: TemporaryDocument
    private var hash = ByteHash()
    private var file: OpenFile?

    init(_ name: String, in folder: Folder, _ path: String, over standing: FileStatus?) throws(FileError) {
        self.folder = folder
        self.name = name
        self.path = path
        self.standing = standing
        temporary = TemporaryDocument(of: name)
        // Nobody may read the new bytes of a private document, also before it has its mode.
        file = try folder.createFile(temporary.name, mode: standing == nil ? 0o666 : 0o600)
    }

    deinit { discard() }

    /// Removes what was written; nothing once the document is in its place.
    package func discard() {
        if file != nil { try? folder.removeFile(temporary.name) }
        file = nil
    }

    package func append(_ bytes: [UInt8]) throws(DocumentWriter.Failure) {
        hash.update(bytes)
        do throws(FileError) {
            try file?.write(bytes)
        } catch {
            throw error.asFailure
        }
    }

    /// Puts the bytes in their place.
    /// - Parameters:
    ///   - original: what was read there; `nil` where nothing must stand.
    ///   - whole: all of the new bytes, where they are in memory anyway: they tell themselves better than their hash.
    package func finish(over original: StandingBytes?, whole: [UInt8]? = nil) throws(DocumentWriter.Failure) {
        do throws(FileError) {
            try complete(original)
        } catch {
            discard()
            throw error.asFailure
        }
        // From here on whoever moves the temporary file on removes it.
        file = nil
        let wanted = hash.value
        let ours =
            whole.map { StandingBytes($0) } ?? StandingBytes(hash: hash) { (try? $0.byteHash()) == wanted }
        guard let original else { return try create(ours) }
        try swap(original, for: ours)
    }

    private func complete(_ original: StandingBytes?) throws(FileError) {
        let part = temporary.name
        if let standing {
            try file?.changeMode(to: standing.mode)
            try keepOwner(of: standing)
        }
        // The bytes must be durable before a name leads to them.
        try file?.sync()
        var whole = temporary
        (whole.new, whole.original, whole.isComplete) = (hash.value, original?.hash ?? 0, true)
        try folder.rename(part, toNew: whole.name)
        temporary = whole
    }

    /// Only a privileged process may give files away; for others the owner is their own already, or cannot be kept.
    private func keepOwner(of status: FileStatus) throws(FileError) {
        guard let own = try file?.status(), own.owner != status.owner || own.group != status.group else { return }
        do throws(FileError) {
            try file?.changeOwner(to: status.owner, group: status.group)
            try file?.changeMode(to: status.mode)
        } catch {
            if !error.isPermission { throw error }
        }
    }

    private func create(_ ours: StandingBytes) throws(DocumentWriter.Failure) {
        do throws(FileError) {
            try folder.rename(temporary.name, toNew: name)
        } catch {
            try? folder.removeFile(temporary.name)
            throw error.alreadyExists ? .changed(path) : error.asFailure
        }
        do throws(FileError) {
            try folder.syncFolder()
        } catch {
            // What is told as a failure must not be half of a success, and what somebody made of it must not go.
            let removal = DocumentRemoval(folder: folder, name: name, isDurable: false)
            if case .changedTwice(let kept)? = try? removal.run(if: ours.areAll) {
                throw .changedTwice(path, kept: folder.absolutePath(of: kept))
            }
            throw error.asFailure
        }
    }

    private func swap(_ original: StandingBytes, for ours: StandingBytes) throws(DocumentWriter.Failure) {
        let swap = DocumentSwap(folder: folder, name: name, temporary: temporary.name, original: original, new: ours)
        let outcome: SwapOutcome
        do throws(FileError) {
            outcome = try swap.run()
        } catch {
            throw error.asFailure
        }
        switch outcome {
        case .done: return
        case .changed: throw .changed(path)
        case .changedTwice(let kept): throw .changedTwice(path, kept: folder.absolutePath(of: kept))
        }
    }
}
