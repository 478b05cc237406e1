internal import TipinFiles

/// Carries out changes of single files, each with its manifest file.
struct ChangeWriter: Sendable {
    private let writer: DocumentWriter
    private let failpoint: Failpoint?

    init(followsLinks: Bool = false, failpoint: Failpoint? = nil) {
        self.failpoint = failpoint
        writer = DocumentWriter(followsLinks: followsLinks, failpoint: failpoint)
    }

    /// - Parameters:
    ///   - bytes: the document as it was read; `nil` where it is gone already, or is made again.
    ///   - new: `nil` where it is to go.
    ///   - isUndoing: then the document goes first: what stands there needs its manifest until it is replaced.
    /// - Returns: why it was not done; then neither file was changed, but for what could not be put back.
    func write(
        _ change: RecordedChange, from bytes: [UInt8]?, to new: [UInt8]?, isUndoing: Bool
    ) async -> DocumentWriter.Failure? {
        await BlockingThread.run { writeHere(change, from: bytes, to: new, isUndoing: isUndoing) }
    }

    private func writeHere(
        _ change: RecordedChange, from bytes: [UInt8]?, to new: [UInt8]?, isUndoing: Bool
    ) -> DocumentWriter.Failure? {
        var steps = [DocumentStep(change.path, from: bytes, to: new)]
        if let sidecar = change.sidecar {
            let step = DocumentStep(sidecar.path, from: sidecar.before?.bytes, to: sidecar.after?.bytes)
            steps.insert(step, at: isUndoing && step.before != nil ? 1 : 0)
        }
        do throws(FileError) {
            if bytes == nil, new != nil { try OutputFolders.create(for: change.path, failpoint) }
        } catch {
            return .file(error)
        }
        do throws(DocumentWriter.Failure) {
            try writer.carryOut(steps)
            return nil
        } catch {
            return error
        }
    }
}
