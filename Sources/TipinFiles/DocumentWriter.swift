internal import Glibc

/// Replaces a document whole or not at all, and never over somebody else's change (DESIGN "Writing documents").
package struct DocumentWriter: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        /// The file is not what was read: whoever changed it keeps the change.
        case changed(String)
        /// As above, and it was saved once more meanwhile: the later bytes stand, the earlier ones at `kept`.
        case changedTwice(String, kept: String)
        /// A symbolic link, or one of several names of a file: writing would cut the tie.
        case linked(String)
        case file(FileError)
    }

    /// Whether symbolic links are written through.
    package let followsLinks: Bool
    private let failpoint: Failpoint?

    /// - Parameter followsLinks: writes through a symbolic link; a hard link is cut off from its other names.
    package init(followsLinks: Bool = false, failpoint: Failpoint? = nil) {
        self.followsLinks = followsLinks
        self.failpoint = failpoint
    }

    /// Puts new bytes in the place of those that were read.
    /// - Parameters:
    ///   - path: absolute.
    ///   - original: the whole file as it was read; `nil` where it must not exist yet.
    package func replace(_ path: String, _ original: [UInt8]?, with bytes: [UInt8]) throws(Failure) {
        let (folder, name) = try parent(of: path)
        guard let original else {
            return try create(name, bytes, in: folder, path)
        }
        let temporary = try files { () throws(FileError) in
            guard let status = try folder.status(of: name) else { throw FileError(.open, path, ESTALE) }
            try checkLinks(status, path)
            return try write(bytes, over: (original, status), name, in: folder)
        }
        try swap(temporary, name, original, with: bytes, in: folder, path)
    }

    /// Writes an output document, over the one that stands there if its bytes are others.
    /// - Returns: whether the file was written.
    @discardableResult
    package func place(_ bytes: [UInt8], at path: String) throws(Failure) -> Bool {
        let step = try placing(bytes, at: path)
        try carryOut([step])
        return step.isChange
    }

    /// The step that puts an output document in the place of what stands there, if anything does.
    package func placing(_ bytes: [UInt8], at path: String) throws(Failure) -> DocumentStep {
        let (folder, name) = try parent(of: path)
        let standing = try files { () throws(FileError) -> [UInt8]? in
            guard let status = try folder.status(of: name) else { return nil }
            try checkLinks(status, path)
            guard status.kind == .regular else { throw FileError(.open, path, EINVAL) }
            return try folder.openFile(name).readAll(limit: .max - 1)
        }
        return DocumentStep(path, from: standing, to: bytes)
    }

    /// Removes a file if it has the bytes that it should; anything else keeps its name.
    /// - Parameters:
    ///   - path: absolute.
    ///   - isExpected: is asked with the bytes that are about to go.
    package func remove(_ path: String, if isExpected: ([UInt8]) -> Bool) throws(Failure) {
        let (folder, name) = try parent(of: path)
        let outcome = try files { () throws(FileError) in
            guard let status = try folder.status(of: name) else { throw FileError(.open, path, ESTALE) }
            try checkLinks(status, path)
            return try DocumentRemoval(folder: folder, name: name, isDurable: true).run(if: isExpected)
        }
        switch outcome {
        case .done: return
        case .changed: throw .changed(path)
        case .changedTwice(let kept): throw .changedTwice(path, kept: folder.absolutePath(of: kept))
        }
    }

    // MARK: Steps

    private func parent(of path: String) throws(Failure) -> (Folder, String) {
        var target = path
        if followsLinks, let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
        }
        guard let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            throw .file(FileError(.open, path, EINVAL))
        }
        let parent = slash == target.startIndex ? "/" : String(target[..<slash])
        do throws(FileError) {
            return (
                try Folder(opening: parent, failpoint: failpoint), String(target[target.utf8.index(after: slash)...])
            )
        } catch {
            throw .file(error)
        }
    }

    private func checkLinks(_ status: FileStatus, _ path: String) throws(FileError) {
        let isLinked = status.kind == .symbolicLink || (status.linkCount > 1 && !followsLinks)
        if isLinked { throw FileError(.open, path, EMLINK) }
    }

    /// A sibling, so that the swap stays within one file system. Its name begins with a dot: walks skip it.
    private func write(
        _ bytes: [UInt8], over original: (bytes: [UInt8], status: FileStatus)?, _ name: String, in folder: Folder
    ) throws(FileError) -> String {
        var temporary = TemporaryDocument(of: name, new: bytes, original: original?.bytes)
        let part = temporary.name
        do throws(FileError) {
            // Nobody may read the new bytes of a private document, also before it has its mode.
            let file = try folder.createFile(part, mode: original == nil ? 0o666 : 0o600)
            try file.write(bytes)
            if let status = original?.status {
                try file.changeMode(to: status.mode)
                try keepOwner(of: status, file)
            }
            // The bytes must be durable before a name leads to them.
            try file.sync()
            temporary.isComplete = true
            try folder.rename(part, toNew: temporary.name)
            return temporary.name
        } catch {
            try? folder.removeFile(part)
            throw error
        }
    }

    /// Only a privileged process may give files away; for others the owner is their own already, or cannot be kept.
    private func keepOwner(of status: FileStatus, _ file: borrowing OpenFile) throws(FileError) {
        let own = try file.status()
        guard own.owner != status.owner || own.group != status.group else { return }
        do throws(FileError) {
            try file.changeOwner(to: status.owner, group: status.group)
            try file.changeMode(to: status.mode)
        } catch {
            if !error.isPermission { throw error }
        }
    }

    private func create(_ name: String, _ bytes: [UInt8], in folder: Folder, _ path: String) throws(Failure) {
        try files { () throws(FileError) in
            let temporary = try write(bytes, over: nil, name, in: folder)
            do throws(FileError) {
                try folder.rename(temporary, toNew: name)
            } catch {
                try? folder.removeFile(temporary)
                throw error.alreadyExists ? FileError(.open, path, ESTALE) : error
            }
        }
        do throws(FileError) {
            try folder.syncFolder()
        } catch {
            // What is told as a failure must not be half of a success, and what somebody made of it must not go.
            let removal = DocumentRemoval(folder: folder, name: name, isDurable: false)
            if case .changedTwice(let kept)? = try? removal.run(if: { $0 == bytes }) {
                throw .changedTwice(path, kept: folder.absolutePath(of: kept))
            }
            throw error.asFailure
        }
    }

    private func swap(
        _ temporary: String, _ name: String, _ original: [UInt8], with bytes: [UInt8], in folder: Folder,
        _ path: String
    ) throws(Failure) {
        let swap = DocumentSwap(folder: folder, name: name, temporary: temporary, original: original, bytes: bytes)
        switch try files({ () throws(FileError) in try swap.run() }) {
        case .done: return
        case .changed: throw .changed(path)
        case .changedTwice(let kept): throw .changedTwice(path, kept: folder.absolutePath(of: kept))
        }
    }

    /// Says a failed call in the words of a failed document.
    private func files<Result>(_ body: () throws(FileError) -> Result) throws(Failure) -> Result {
        do throws(FileError) {
            return try body()
        } catch {
            throw error.asFailure
        }
    }
}

extension FileError {
    fileprivate var asFailure: DocumentWriter.Failure {
        switch number {
        case ESTALE: .changed(path)
        case EMLINK, ELOOP: .linked(path)
        default: .file(self)
        }
    }
}
