/// Why a file is not read as a document.
package enum ParseError: Error, Sendable, Equatable {
    case notRegular
    /// Bytes.
    case tooLarge(Int, limit: Int)
    case changedWhileRead
}
