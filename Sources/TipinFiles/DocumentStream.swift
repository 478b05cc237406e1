/// New bytes on their way into a document's place, piece by piece: whole in it at the end, or not at all.
package final class DocumentStream {
    private let folder: Folder
    /// As the caller named it.
    private let path: String
    private let newBytes: NewBytes

    init(_ name: String, in folder: Folder, _ path: String, over standing: FileStatus?) throws(FileError) {
        self.folder = folder
        self.path = path
        newBytes = try NewBytes(for: name, in: folder, over: standing)
    }

    /// Removes what was written; nothing once the document is in its place.
    package func discard() { newBytes.discard() }

    package func append(_ bytes: [UInt8]) throws(DocumentWriter.Failure) {
        do throws(FileError) {
            try newBytes.append(bytes)
        } catch {
            throw error.asFailure
        }
    }

    /// Puts the bytes in their place.
    /// - Parameters:
    ///   - original: what was read there; `nil` where nothing must stand.
    ///   - new: tells the bytes that were appended better than their hash, where they have to be known again.
    package func finish(over original: StandingBytes?, as new: StandingBytes? = nil) throws(DocumentWriter.Failure) {
        var failure: DocumentWriter.Failure?
        do throws(FileError) {
            let change = try newBytes.change(from: original, to: new)
            failure = try change.perform().failure(of: path, in: folder)
            if failure == nil { failure = makeDurable(change) }
            if failure == nil { change.finish() }
        } catch {
            failure = error.asFailure
        }
        if let failure { throw failure }
    }

    private func makeDurable(_ change: any StagedChange) -> DocumentWriter.Failure? {
        do throws(FileError) {
            try folder.syncFolder()
            return nil
        } catch {
            return change.takenBack(because: error.asFailure, path)
        }
    }
}
