internal import TipinAssets
package import TipinDiagnostics
internal import TipinFiles

extension Error {
    /// How the error is said.
    package var problem: Problem {
        if let known = self as? any DiagnosticConvertible { return known.problem }
        // The library's own error says what it was made of.
        if let error = self as? TipinError { return error.problem }
        if self is CancellationError { return Problem(.interrupted, "interrupted") }
        return Problem(.internalError, "unexpected error", notes: [Redaction.printable(String(describing: self))])
    }

    /// Whether the error is about one picture, and the run can go on with the others.
    var concernsPicture: Bool {
        if let error = self as? ImportError { return error != .noImageWorker }
        return self is ImageError || self is MetadataError || self is PictureFailure
    }

    /// Whether the error is about one picture of the store, and the run can go on with the others.
    var concernsStoredPicture: Bool {
        switch self as? BlobError {
        case .missing, .damaged, .tooLarge: true
        // What the disk does not give back of one file it may give of the next.
        case .file(let error): !error.operation.changesState
        default: concernsPicture
        }
    }

    /// Whether nothing can be made of one picture's bytes here and now, and `verify` can go on with the others.
    var isBeyondMending: Bool {
        switch self as any Error {
        case ImportError.noImageWorker, BlobError.missing, BlobError.damaged, BlobError.tooLarge: true
        default: false
        }
    }

    /// How an error with a document is said.
    package func problem(at path: String) -> Problem {
        guard let error = self as? FileError, error.isMissing else { return problem }
        return Problem(.documentUnreadable, "file does not exist", notes: ["'\(path)'"])
    }

    /// The error in a few words, without a headline.
    package var systemMessage: String {
        if let error = self as? FileError { return error.systemMessage }
        return problem.notes.first ?? problem.headline
    }
}
