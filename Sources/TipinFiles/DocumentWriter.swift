internal import Glibc

/// Replaces a document whole or not at all, and never over somebody else's change (DESIGN "Writing documents").
package struct DocumentWriter: Sendable {
    package enum Failure: Error, Sendable, Equatable {
        /// The file is not what was read: whoever changed it keeps the change.
        case changed(String)
        /// As above, and it was saved once more meanwhile: the later bytes stand, the earlier ones at `kept`.
        case changedTwice(String, kept: String)
        /// It was written, failed to become durable or to get its manifest file, and could not be put back: the change
        /// stands. What stood there is at `kept`; `nil` where nothing did, or where it could not be given a name.
        case notTakenBack(String, kept: String?)
        /// A symbolic link, or one of several names of a file: writing would cut the tie.
        case linked(String)
        /// A symbolic link on the way to a file that must lie below a certain folder.
        case folderLinked(String)
        case file(FileError)

        /// Whether something of the change stands all the same.
        package var leavesChange: Bool { if case .notTakenBack = self { true } else { false } }
    }

    /// Whether symbolic links are written through.
    package let followsLinks: Bool
    /// Absolute; `nil` where folders may be links.
    private let root: String?
    private let failpoint: Failpoint?

    /// - Parameters:
    ///   - followsLinks: writes through a symbolic link; a hard link is cut off from its other names.
    ///   - root: absolute; the folder below which no other folder may be a link, unless links are followed.
    package init(followsLinks: Bool = false, below root: String? = nil, failpoint: Failpoint? = nil) {
        self.followsLinks = followsLinks
        self.root = followsLinks ? nil : root
        self.failpoint = failpoint
    }

    /// Puts new bytes in the place of those that were read.
    /// - Parameters:
    ///   - path: absolute.
    ///   - original: the whole file as it was read; `nil` where it must not exist yet.
    package func replace(_ path: String, _ original: [UInt8]?, with bytes: [UInt8]) throws(Failure) {
        try carryOut([DocumentStep(path, from: original, to: bytes)])
    }

    /// What is to stand where new bytes go.
    package enum Standing: Sendable {
        case nothing
        case document
        /// The one or the other.
        case either
    }

    /// Takes new bytes piece by piece.
    /// - Parameters:
    ///   - path: absolute.
    ///   - standing: what must stand there; that it is what was read is looked at when the bytes are there.
    package func stream(to path: String, _ standing: Standing) throws(Failure) -> DocumentStream {
        do throws(FileError) {
            var folders = openFolders
            let (folder, name) = try place(of: path, in: &folders)
            guard standing != .nothing else {
                return try DocumentStream(name, in: folder, path, over: nil, self)
            }
            let status = try folder.status(of: name)
            if status == nil, standing == .document { throw FileError(.open, path, ESTALE) }
            if let status { try checkLinks(status, path) }
            if standing == .either, let status, status.kind != .regular { throw FileError(.open, path, EINVAL) }
            return try DocumentStream(name, in: folder, path, over: status, self)
        } catch {
            throw error.asFailure
        }
    }

    /// What stands where an output document is to go; `nil` for nothing.
    /// - Throws: where something stands there that must not be written over.
    package func standing(at path: String) throws(Failure) -> [UInt8]? {
        do throws(FileError) {
            return try bytes(at: path)
        } catch {
            // The folder is made when it is written to.
            if error.isMissing { return nil }
            throw error.asFailure
        }
    }

    /// Removes a file if it has the bytes that it should; anything else keeps its name.
    /// - Parameter path: absolute.
    package func remove(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        try carryOut([DocumentStep(path, from: bytes, to: nil)])
    }

    // MARK: Parts

    var openFolders: OpenFolders { OpenFolders(failpoint: failpoint) }

    /// The folder that a file is written in, and its name there.
    func place(of path: String, in folders: inout OpenFolders) throws(FileError) -> (Folder, String) {
        var target = path
        if followsLinks, let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
        }
        guard let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) else { throw FileError(.open, path, EINVAL) }
        let parent = slash == target.startIndex ? "/" : String(target[..<slash])
        let name = String(target[target.utf8.index(after: slash)...])
        if let root, parent.utf8.starts(with: (root + "/").utf8) {
            let relative = String(decoding: parent.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self)
            return (try folders.folder(relative, below: root), name)
        }
        return (try folders.folder(parent), name)
    }

    private func bytes(at path: String) throws(FileError) -> [UInt8]? {
        var folders = openFolders
        let (folder, name) = try place(of: path, in: &folders)
        guard let status = try folder.status(of: name) else { return nil }
        try checkLinks(status, path)
        guard status.kind == .regular else { throw FileError(.open, path, EINVAL) }
        return try folder.openFile(name).readAll(limit: .max - 1)
    }

    /// Writing under one of several names would cut the tie.
    func checkLinks(_ status: FileStatus, _ path: String) throws(FileError) {
        let isLinked = status.kind == .symbolicLink || (status.linkCount > 1 && !followsLinks)
        if isLinked { throw FileError(.open, path, EMLINK) }
    }
}

extension FileError {
    /// As a failed document is told of.
    package var asFailure: DocumentWriter.Failure {
        switch number {
        case ELOOP where operation == .openFolder || operation == .createFolder: .folderLinked(path)
        case ESTALE: .changed(path)
        case EMLINK, ELOOP: .linked(path)
        default: .file(self)
        }
    }
}
