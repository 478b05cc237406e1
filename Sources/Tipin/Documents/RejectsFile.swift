internal import TipinFiles

/// The file of `--rejects`: lines that failed, as they were.
package final class RejectsFile {
    private let file: OpenFile

    /// - Parameter path: absolute; a file that is there is not written over.
    /// - Throws: `RunError.fileNotMade`.
    package init(_ path: String) throws {
        do throws(FileError) {
            file = try Folder(opening: Paths.parent(of: path)).createFile(
                Paths.name(of: path), mode: 0o666, lessUmask: true)
        } catch {
            throw RunError.fileNotMade("--rejects", path, error.systemMessage)
        }
    }

    package func write(_ bytes: [UInt8]) throws { try file.write(bytes) }
}
