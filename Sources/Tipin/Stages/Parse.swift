internal import Glibc
package import TipinFiles

/// The first stage: a path becomes bytes, read once.
package struct Parse: Sendable {
    /// Bytes; a larger file is refused before it is read.
    package let documentLimit: Int

    package init(documentLimit: Int) { self.documentLimit = documentLimit }

    /// Only regular files are read: a pipe would hang, a device never end.
    package func read(_ path: String) throws -> (bytes: [UInt8], status: FileStatus) {
        let folder = try Folder(opening: Paths.parent(of: Paths.real(path)))
        let file = try folder.openFile(Paths.name(of: Paths.real(path)))
        let status = try file.status()
        guard status.kind == .regular else { throw ParseError.notRegular }
        guard status.size <= documentLimit else { throw ParseError.tooLarge(status.size, limit: documentLimit) }
        do {
            let bytes = try file.readAll(limit: documentLimit)
            guard bytes.count == status.size else { throw ParseError.changedWhileRead }
            return (bytes, status)
        } catch let error as FileError where error.number == EFBIG {
            throw ParseError.tooLarge(status.size, limit: documentLimit)
        }
    }
}
