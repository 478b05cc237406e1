internal import TipinDiagnostics
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

    /// Makes a document again that was removed, its manifest file first.
    /// - Returns: why it was not done.
    func create(_ change: RecordedChange, _ bytes: [UInt8]) -> Problem? {
        do throws(FileError) {
            try OutputFolders.create(for: change.path, failpoint)
        } catch {
            return error.problem
        }
        do throws(DocumentWriter.Failure) {
            try write(change.sidecar)
            try writer.replace(change.path, nil, with: bytes)
            return nil
        } catch {
            return error.problem
        }
    }

    /// Removes a document if it has the bytes that it should, then its manifest file: one without the other names
    /// pictures that nobody explains.
    /// - Returns: why it was not done.
    func remove(_ change: RecordedChange, _ bytes: [UInt8]) -> Problem? {
        do throws(DocumentWriter.Failure) {
            try remove(change.path) { $0 == bytes }
            if let sidecar = change.sidecar, let bytes = sidecar.before?.bytes {
                try remove(sidecar.path) { $0 == bytes }
            }
            return nil
        } catch {
            return error.problem
        }
    }

    private func remove(_ path: String, if isExpected: ([UInt8]) -> Bool) throws(DocumentWriter.Failure) {
        try writer.remove(path, if: isExpected)
    }
}
