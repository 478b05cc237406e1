internal import Glibc
package import TipinFiles

/// The first stage: a path becomes bytes, read once.
package struct Parse: Sendable {
    /// Bytes; a larger file is refused before it is read.
    package let documentLimit: Int

    package init(documentLimit: Int) { self.documentLimit = documentLimit }

    /// Only regular files are read: a pipe would hang, a device never end.
    /// - Parameter width: how many threads may read a large one.
    package func read(_ path: String, width: Int = 1) throws -> (bytes: [UInt8], status: FileStatus) {
        let file = try OpenFile.following(path)
        let status = try admit(file)
        do {
            let bytes = try file.readAll(limit: documentLimit, width: width)
            guard bytes.count == status.size else { throw ParseError.changedWhileRead }
            return (bytes, status)
        } catch let error as FileError where error.number == EFBIG {
            throw ParseError.tooLarge(status.size, limit: documentLimit)
        }
    }

    /// The lines of a file, read as they are asked for: for whoever needs no more than some of them at a time.
    func lines(of path: String) throws -> LineSource {
        let file = try OpenFile.following(path)
        let size = try admit(file).size
        var count = 0
        return LineSource(limit: documentLimit) { wanted in
            let bytes = try file.readChunk(upTo: wanted)
            count += bytes.count
            guard count <= size, !bytes.isEmpty || count == size else { throw ParseError.changedWhileRead }
            return bytes
        }
    }

    private func admit(_ file: borrowing OpenFile) throws -> FileStatus {
        let status = try file.status()
        guard status.kind == .regular else { throw ParseError.notRegular }
        guard status.size <= documentLimit else { throw ParseError.tooLarge(status.size, limit: documentLimit) }
        return status
    }
}
