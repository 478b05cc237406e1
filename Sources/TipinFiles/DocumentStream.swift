/// New bytes on their way into a document's place, piece by piece: whole in it at the end, or not at all.
// Safe because one thread at a time has the stream: whoever adds to it waits before going on.
package final class DocumentStream: @unchecked Sendable {
    private let writer: DocumentWriter
    /// As the caller named it.
    private let path: String
    private let newBytes: NewBytes

    init(
        _ name: String, in folder: Folder, _ path: String, over standing: FileStatus?, _ writer: DocumentWriter
    ) throws(FileError) {
        self.writer = writer
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

    /// Puts the bytes in their place, and waits until they are on the disk.
    /// - Parameters:
    ///   - original: what was read there; `nil` where nothing must stand.
    ///   - new: tells the bytes that were appended better than their hash, where they have to be known again.
    package func finish(over original: StandingBytes?, as new: StandingBytes? = nil) throws(DocumentWriter.Failure) {
        let step = StagedSteps(newBytes, for: path, from: original, to: new, writer)
        step.makeDurable()
        writer.commit([step])
        if let failure = step.failure { throw failure }
    }
}
