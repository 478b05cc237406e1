internal import Glibc
package import TipinFiles

/// The first stage: a path becomes bytes, read once.
package struct Parse: Sendable {
    /// Bytes of one document; a larger file is refused before it is read, but for one of lines.
    package let documentLimit: Int

    package init(documentLimit: Int) { self.documentLimit = documentLimit }

    /// Only regular files are read: a pipe would hang, a device never end.
    /// - Parameters:
    ///   - width: how many threads may read a large one.
    ///   - isLines: whether it holds a document a line; the limit is for each of them, and not looked at here.
    package func read(
        _ path: String, width: Int = 1, isLines: Bool = false
    ) throws -> (bytes: [UInt8], status: FileStatus) {
        let file = try OpenFile.following(path)
        let limit = isLines ? Int.max : documentLimit
        let status = try admit(file, limit)
        do {
            let bytes = try file.readAll(limit: limit, width: width)
            guard bytes.count == status.size else { throw ParseError.changedWhileRead }
            return (bytes, status)
        } catch let error as FileError where error.number == EFBIG {
            throw ParseError.tooLarge(status.size, limit: limit)
        }
    }

    /// The lines of a file, read as they are asked for: for whoever needs no more than some of them at a time.
    func lines(of path: String) throws -> LineSource {
        let file = try OpenFile.following(path)
        let size = try admit(file, .max).size
        var count = 0
        return LineSource(limit: documentLimit) { wanted in
            let bytes = try file.readChunk(upTo: wanted)
            count += bytes.count
            guard count <= size, !bytes.isEmpty || count == size else { throw ParseError.changedWhileRead }
            return bytes
        }
    }

    private func admit(_ file: borrowing OpenFile, _ limit: Int) throws -> FileStatus {
        let status = try file.status()
        guard status.kind == .regular else { throw ParseError.notRegular }
        guard status.size <= limit else { throw ParseError.tooLarge(status.size, limit: limit) }
        return status
    }
}
