internal import TipinDiagnostics
internal import TipinFiles

/// Carries out changes of single files, each with its manifest file.
struct ChangeWriter: Sendable {
    private let writer: DocumentWriter
    private let root: String?
    private let failpoint: Failpoint?

    /// - Parameter root: absolute; the folder below which no other folder may be a link.
    init(followsLinks: Bool = false, below root: String? = nil, failpoint: Failpoint? = nil) {
        self.failpoint = failpoint
        self.root = root
        writer = DocumentWriter(followsLinks: followsLinks, below: root, failpoint: failpoint)
    }

    /// - Parameters:
    ///   - bytes: the document as it was read; `nil` where it is gone already, or is made again.
    ///   - new: `nil` where it is to go.
    ///   - isUndoing: then the document goes first: what stands there needs its manifest until it is replaced.
    /// - Returns: why it was not done; then neither file was changed, but for what the failure says.
    func write(
        _ change: RecordedChange, from bytes: [UInt8]?, to new: [UInt8]?, isUndoing: Bool
    ) async -> WriteFailure? {
        await BlockingThread.run { writeHere(change, from: bytes, to: new, isUndoing: isUndoing) }
    }

    /// Removes a file without a manifest file.
    /// - Returns: as above.
    func remove(_ path: String, _ reading: FileReading) async -> WriteFailure? {
        await BlockingThread.run {
            do throws(DocumentWriter.Failure) {
                try writer.remove(path, reading.standing)
                return nil
            } catch {
                return WriteFailure(error)
            }
        }
    }

    private func writeHere(
        _ change: RecordedChange, from bytes: [UInt8]?, to new: [UInt8]?, isUndoing: Bool
    ) -> WriteFailure? {
        var steps = [DocumentStep(change.path, from: bytes, to: new, attributes: change.attributes?.attributes)]
        if let sidecar = change.sidecar {
            let step = DocumentStep(
                sidecar.path, from: sidecar.before?.bytes, to: sidecar.after?.bytes,
                attributes: sidecar.attributes?.attributes)
            steps.insert(step, at: isUndoing && step.before != nil ? 1 : 0)
        }
        do throws(DocumentWriter.Failure) {
            if bytes == nil, new != nil { try OutputFolders.create(for: change.path, below: root, failpoint) }
            try writer.carryOut(steps)
            return nil
        } catch {
            return WriteFailure(error)
        }
    }
}
