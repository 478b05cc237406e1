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
        let stream = try stream(to: path, original == nil ? .nothing : .document)
        try stream.append(bytes)
        try stream.finish(over: original.map { StandingBytes($0) }, whole: bytes)
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
        let (folder, name) = try parent(of: path)
        return try files { () throws(FileError) in
            guard standing != .nothing else { return try DocumentStream(name, in: folder, path, over: nil) }
            let status = try folder.status(of: name)
            if status == nil, standing == .document { throw FileError(.open, path, ESTALE) }
            if let status { try checkLinks(status, path) }
            if standing == .either, let status, status.kind != .regular { throw FileError(.open, path, EINVAL) }
            return try DocumentStream(name, in: folder, path, over: status)
        }
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
            return try DocumentRemoval(folder: folder, name: name, isDurable: true).run { file in
                (try? file.readAll(limit: .max - 1)).map(isExpected) ?? false
            }
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
    /// As a failed document is told of.
    var asFailure: DocumentWriter.Failure {
        switch number {
        case ESTALE: .changed(path)
        case EMLINK, ELOOP: .linked(path)
        default: .file(self)
        }
    }
}
