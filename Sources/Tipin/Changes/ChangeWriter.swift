internal import TipinDiagnostics
internal import TipinFiles

/// Carries out changes of single files, each with its manifest file.
struct ChangeWriter: Sendable {
    private let writer: DocumentWriter

    init(followsLinks: Bool = false, failpoint: Failpoint? = nil) {
        writer = DocumentWriter(followsLinks: followsLinks, failpoint: failpoint)
    }

    /// - Parameters:
    ///   - bytes: the document as it was read.
    ///   - isUndoing: then the document goes first: what stands there needs its manifest until it is replaced.
    /// - Returns: why it was not done.
    func write(
        _ change: RecordedChange, from bytes: [UInt8], to new: [UInt8], isUndoing: Bool
    ) -> Problem? {
        do throws(DocumentWriter.Failure) {
            let sidecarComesFirst = !isUndoing || change.sidecar.map { $0.before == nil } ?? false
            if sidecarComesFirst { try write(change.sidecar) }
            if bytes != new { try writer.replace(change.path, bytes, with: new) }
            if !sidecarComesFirst { try write(change.sidecar) }
            return nil
        } catch {
            return error.problem
        }
    }

    private func write(_ sidecar: RecordedChange.Sidecar?) throws(DocumentWriter.Failure) {
        guard let sidecar, sidecar.before != sidecar.after else { return }
        if let after = sidecar.after {
            try writer.replace(sidecar.path, sidecar.before?.bytes, with: after.bytes)
        } else if let before = sidecar.before {
            try remove(sidecar.path) { $0 == before.bytes }
        }
    }

    /// Removes a file that has the bytes one expects.
    func remove(_ path: String, if isExpected: ([UInt8]) -> Bool) throws(DocumentWriter.Failure) {
        try writer.remove(path, if: isExpected)
    }
}
