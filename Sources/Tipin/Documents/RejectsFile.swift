internal import TipinFiles

/// The file of `--rejects`: lines that failed, as they were.
package final class RejectsFile {
    private let file: OpenFile
    private let folder: Folder
    private let name: String

    /// - Parameter path: absolute; a file that is there is not written over.
    /// - Throws: `RunError.fileNotMade`.
    package init(_ path: String) throws {
        do throws(FileError) {
            name = Paths.name(of: path)
            folder = try Folder(opening: Paths.parent(of: path))
            file = try folder.createFile(name, mode: 0o666, lessUmask: true)
        } catch {
            throw RunError.fileNotMade("--rejects", path, error.systemMessage)
        }
    }

    package func write(_ bytes: [UInt8]) throws { try file.write(bytes) }

    /// Removes the file where no line is in it: it would be in the way of the run's next attempt.
    package func discardIfEmpty() {
        if (try? file.status().size) == 0 { try? folder.removeFile(name) }
    }
}
