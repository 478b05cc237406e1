/// Why a file is not read as a document.
package enum ParseError: Error, Sendable, Equatable {
    case notRegular
    /// Bytes; at least so many where it is not the whole document.
    case tooLarge(Int, limit: Int, isWhole: Bool = true)
    case changedWhileRead
}
